"""The record: what is signed of a letter; and the configuration it is made with."""

import base64
import shutil

import pytest
import yaml

from kiosk.core.i18n import LANGUAGES
from kiosk.core.office import Office
from kiosk.letters.document import letterhead, record, templates
from kiosk.letters.document.errors import LetterUnprintable, TemplateDamaged, TemplateUnknown
from tests.letters.written import recorded

CREST = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
KALTIM = Office(office_id="kaltim", name="-", short_name="-", region="-", zone="Asia/Makassar")


def test_a_record_reads_back_as_it_was():
    assert record.decode(record.encode(recorded())) == recorded()


def test_a_record_of_another_format_is_refused():
    for data in (record.encode({**recorded(), "format": 2}), b"\x80", b"\xa0", b"", b"\xbf\xff"):
        with pytest.raises(ValueError):  # noqa: PT011
            record.decode(data)


@pytest.mark.parametrize(
    "other",
    [
        {"number": "1"},
        {"date": "2026-11-21"},
        {"valid_until": None},
        {"service": "x"},
        {"subject": "x"},
        {"body": ["x"]},
        {"template": "receipt"},
        {"recipient": {"name": "Nyoman Sri Wahyuna", "address": "Jalan Antasari Nomor 12, Samarinda"}},
        {"signatory": {"name": "Ir. Bambang Hermansyah, M.Si.", "title": "Plt. Kepala Dinas"}},
    ],
)
def test_every_field_counts_for_the_hash(other):
    assert record.hash16(recorded(**other)) != record.hash16(recorded())
    assert len(record.hash16(recorded())) == 16


def test_a_letter_without_end_says_so_where_the_template_has_words_for_it():
    assert ["Berlaku sampai", "Tidak dibatasi waktu"] in recorded(valid_until=None)["facts"]
    assert "Berlaku sampai" not in [label for label, _ in recorded(template="recommendation", valid_until=None)["facts"]]


def test_no_line_is_printed_for_an_address_that_nobody_gave():
    made = recorded(template="recommendation", recipient={"name": "Siti"})
    assert made["recipient_lines"] == ["Yth. Siti"]


def test_braces_in_a_letter_are_words_and_no_places():
    assert recorded(subject="{office}")["subject"] == "{office}"
    assert recorded(body=["{number} {0}"])["body"] == ["{number} {0}"]


def test_names_with_marks_are_printed_and_other_scripts_refused():
    recorded(recipient={"name": "Šimun Đorđević Renée Nuñez Óscar Łukasz"})
    with pytest.raises(LetterUnprintable) as refused:
        recorded(recipient={"name": "張 Budi 王 張"}, body=["Satu", "सत्य"])
    assert refused.value.code == "LETTER-0451"
    for language in LANGUAGES:
        assert "recipient.name" in refused.value.text(language)
        assert "張王" in refused.value.text(language)
        assert "body.2" in refused.value.text(language)


def test_a_mark_that_no_letter_carries_is_refused():
    """Composed letters are printed; a mark that would have to be placed is not."""
    with pytest.raises(LetterUnprintable):
        recorded(recipient={"name": "G\u0303uarani"})


@pytest.mark.parametrize("name", ["permit", "receipt", "recommendation"])
def test_every_template_of_ours_says_what_kind_of_signature_it_is(name):
    foot = recorded(template=name)["foot"]
    assert "tidak tersertifikasi" in foot["label"]
    assert "Pasal 60 ayat (2)" in " ".join(foot["law"])
    assert any("cek.kaltim.go.id/v" in text for text in foot["check"])
    assert foot["check_code"] == "7GQ0 K2ZD M4TX"


def test_an_unknown_template_is_told_with_those_that_there_are():
    with pytest.raises(TemplateUnknown, match="permit, receipt, recommendation"):
        templates.load("../permit")


def test_an_office_words_its_own_letters(tmp_path):
    wording = yaml.safe_load((templates.OURS / "permit.yaml").read_text())
    (tmp_path / "permit.yaml").write_text(yaml.safe_dump({**wording, "heading": "Keputusan"}))
    assert templates.load("permit", tmp_path).heading == "Keputusan"
    assert templates.load("receipt", tmp_path).heading == "Tanda Terima Berkas"


@pytest.mark.parametrize(
    ("field", "value"), [("heading", "{nama}"), ("layout", "poem"), ("version", 0), ("colour", "red"), ("closing", ["a\u202eb"])]
)
def test_a_damaged_template_names_file_and_field(tmp_path, field, value):
    wording = yaml.safe_load((templates.OURS / "permit.yaml").read_text())
    (tmp_path / "permit.yaml").write_text(yaml.safe_dump({**wording, field: value}))
    with pytest.raises(TemplateDamaged, match=rf"permit\.yaml.*{field}"):
        templates.load("permit", tmp_path)


def test_a_broken_template_names_its_line(tmp_path):
    (tmp_path / "permit.yaml").write_text("id: permit\nfacts: [\n")
    with pytest.raises(TemplateDamaged, match="line 3"):
        templates.load("permit", tmp_path)


def test_every_office_of_the_seeds_has_a_letterhead():
    for office in ("kaltim", "rohil", "jatim"):
        head = letterhead.of(KALTIM.model_copy(update={"office_id": office}))
        assert head.name == "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
        assert head.place != KALTIM.region


def test_an_office_without_one_gets_what_its_row_says():
    other = KALTIM.model_copy(update={"office_id": "other", "name": "Dinas X", "region": "Kota Y"})
    head = letterhead.of(other)
    assert (head.authority, head.name, head.place, head.crest) == ("Pemerintah Kota Y", "Dinas X", "Kota Y", None)


def test_an_office_puts_its_own_crest_on_its_letters(tmp_path):
    shutil.copy(letterhead.SEEDS / "kaltim.yaml", tmp_path / "letterhead.yaml")
    (tmp_path / "crest.png").write_bytes(CREST)
    assert letterhead.of(KALTIM, tmp_path).crest == CREST


@pytest.mark.parametrize(
    "crest", [b"GIF89a", CREST[:16] + b"\x00\x00\x80\x00" * 2 + CREST[24:], CREST + bytes(200_001), CREST[:20], CREST[:42]]
)
def test_a_crest_that_is_none_is_refused(tmp_path, crest):
    shutil.copy(letterhead.SEEDS / "kaltim.yaml", tmp_path / "letterhead.yaml")
    (tmp_path / "crest.png").write_bytes(crest)
    with pytest.raises(TemplateDamaged, match=r"crest\.png"):
        letterhead.of(KALTIM, tmp_path)
