"""What the node adds to a letter: its office, its services, its address, its own wording."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, create_engine

import kiosk.tables  # noqa: F401
from kiosk.core.config import Settings
from kiosk.core.office import Office, OfficeUnknown
from kiosk.letters.document import letter, record
from kiosk.letters.document.errors import LetterUnprintable, TemplateUnknown
from tests.letters.written import CHECK_CODE, words


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine, tables=[SQLModel.metadata.tables[name] for name in ("office",)])
    with Session(engine) as opened:
        opened.add(Office(office_id="kaltim", name="Dinas", short_name="D", region="Provinsi Kalimantan Timur", zone="Asia/Makassar"))
        opened.flush()
        yield opened
    engine.dispose()


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(office="kaltim", data_dir=tmp_path, public_url="https://cek.kaltim.go.id")


def preview(session: Session, here: Settings, one: letter.Letter) -> dict[str, Any]:
    return record.preview(session, here, one, service_name="Undian")


def test_a_letter_names_its_service_and_where_it_is_checked(session, here):
    made = record.record_of(session, here, letter.of(words(service="undian")), CHECK_CODE, service_name="Undian Gratis Berhadiah")
    assert ["Layanan", "Undian Gratis Berhadiah"] in made["facts"]
    assert made["service"] == "undian"
    assert made["foot"]["check_address"] == "cek.kaltim.go.id/v"
    assert made["foot"]["check_code"] == "7GQ0 K2ZD M4TX"
    assert made["head"]["authority"] == "Pemerintah Provinsi Kalimantan Timur"


def test_no_record_before_number_and_date_are_fixed(session, here):
    for missing in ("number", "date"):
        with pytest.raises(ValueError, match="number and date"):
            record.record_of(session, here, letter.of(words(**{missing: None})), CHECK_CODE, service_name="Undian")


def test_what_cannot_be_printed_is_told_before_a_number_is_spent(session, here):
    preview(session, here, letter.of(words(number=None, date=None)))
    with pytest.raises(LetterUnprintable, match=r"recipient\.name"):
        preview(session, here, letter.of(words(number=None, recipient={"name": "張"})))
    with pytest.raises(TemplateUnknown):
        preview(session, here, letter.of(words(template="poem")))


def test_a_preview_gives_no_check_code_away(session, here):
    assert preview(session, here, letter.of(words()))["foot"]["check_code"] == "XXXX XXXX XXXX"


def test_an_office_s_own_files_count(session, here):
    own = here.data_dir / "letters"
    own.mkdir()
    (own / "letterhead.yaml").write_text("authority: Pemerintah Kota\nname: Dinas Sendiri\nplace: Kota\n")
    made = record.record_of(session, here, letter.of(words()), CHECK_CODE, service_name="Undian")
    assert made["head"]["name"] == "Dinas Sendiri"
    (own / "letterhead.yaml").write_text("authority: Pemerintah Kota\nname: Dinas Lain Lagi\nplace: Kota\n")
    assert record.record_of(session, here, letter.of(words()), CHECK_CODE, service_name="Undian")["head"]["name"] == "Dinas Lain Lagi"


def test_an_office_that_is_not_loaded_is_told(session, here):
    with pytest.raises(OfficeUnknown):
        preview(session, here.model_copy(update={"office": "rohil"}), letter.of(words()))
