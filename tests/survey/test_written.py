"""The written report: what stands in it, what does not, and the command that makes it."""

import csv
import io
import json
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, create_engine, insert
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from kiosk.catalogue.model import ServiceStandardRow
from kiosk.catalogue.service import ServiceUnknown
from kiosk.core.db import open_engine
from kiosk.core.office import Office
from kiosk.survey.counting import ANSWERS
from kiosk.survey.errors import SpanUnknown
from kiosk.survey.files_api import a_span
from kiosk.survey.index import OLD
from kiosk.survey.model import SurveyPlan, SurveySetting
from kiosk.survey.old import ANSWERS as OLD_ANSWERS
from kiosk.survey.questionnaire import ELEMENTS, PROFILE
from kiosk.survey.scope import Period, Scope, months
from kiosk.survey.summary import as_json
from kiosk.survey.written import documents, report
from kiosk.survey.written.tables import HIDDEN, Tables
from tests.support import Node

NOW = datetime(2026, 7, 2, 3, tzinfo=UTC)
SPAN = months(2026, 1, 6)
PUBLISHED = (105, 101, 100, 116, 102, 105, 106, 105, 115)
SECRET = "Pak Budi di loket 2 tidak ramah"


def scores(number: int) -> dict[str, int]:
    """The scores of one of 29 answers whose sums are those of the published table."""
    return {key: 4 if number < total - 3 * 29 else 3 for key, total in zip(ELEMENTS, PUBLISHED, strict=True)}


def answer(number: int, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys((*PROFILE, "place", "service", "suggestion", "source"), "")
    row = {"office_id": "kaltim", "id": str(UUID(int=number)), "digest": "", "day": "2026-03-12", "half": "am", "holder": False}
    return {**row, "event_id": None, **blank, **scores(number % 29), **more}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    yield from filled(open_engine(tmp_path / "office.db", writing=True))


def filled(engine: Engine) -> Iterator[Session]:
    """29 answers: 24 of women and 5 of men, 20 about one service, 6 and 3 about others; one names an officer."""
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add(Office(office_id="kaltim", name="DPMPTSP Kaltim", short_name="K", region="Kaltim", zone="Asia/Makassar"))
        opened.flush()
        for position, name in enumerate(("Pameran", "Izin", "=Lain")):
            opened.add(ServiceStandardRow(office_id="kaltim", id=name.lower(), position=position, name=name, standard={}, digest=""))
        about = [
            {
                "sex": "P" if at < 24 else "L",
                "service": "pameran" if at < 20 else "=lain" if at < 26 else "izin",
                "age": "18-25" if at else "56-",
            }
            for at in range(29)
        ]
        rows = [answer(at, **one, suggestion=SECRET if at == 3 else "") for at, one in enumerate(about)]
        opened.connection().execute(insert(ANSWERS), rows)
        opened.commit()
        yield opened
    engine.dispose()


def tables(session: Session, **only: Any) -> dict[str, dict[str, tuple[Any, ...]]]:
    made = report.read(session, Scope("kaltim", SPAN, **only), made_on=date(2026, 7, 2), applicants=30)
    return {sheet.title: {str(row[0]): tuple(row[1:]) for row in sheet.rows} for sheet in Tables(made).all()}


def make(session: Session, kind: str, **more: Any) -> bytes:
    return documents.make(session, Scope("kaltim", SPAN), kind, now=NOW, **more)


def text_of(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_small_groups_are_hidden_with_whatever_would_give_them_away(session: Session):
    found = tables(session)
    assert found["Jenis kelamin"]["Perempuan"][0] == 24
    assert found["Umur"] == {"18 sampai 25 tahun": (HIDDEN,) * 4, "56 tahun ke atas": (HIDDEN,) * 4}
    services = found["Layanan"]
    assert services["Pameran"][0] == 20
    assert services["Izin"] == services["=Lain"] == (HIDDEN,) * 4, "six are hidden beside three, or 29 - 20 - 6 would tell"


def test_the_numbers_are_those_of_the_published_table(session: Session):
    found = tables(session)
    assert str(found["Ringkasan laporan"]["Indeks unit layanan (IKM)"][0]) == "91.48"
    assert found["Ringkasan laporan"]["Mutu"] == ("A - Sangat baik",)
    assert found["Ringkasan laporan"]["Sampel minimal"] == (28,)
    assert [str(cell) for cell in found["Hasil tiap unsur"]["4"][1:4]] == ["29", "4.00", "0.444"]


@pytest.mark.parametrize("skipped", [(), ("fee",), ("fee", "product", "complaints")])
def test_the_weighted_means_are_the_parts_of_the_index(session: Session, skipped: tuple[str, ...]):
    """Also where nobody answered an element: the others share its weight."""
    session.connection().execute(ANSWERS.update().values(dict.fromkeys(skipped) or {"half": "am"}))
    found = tables(session)
    weighted = [row[3] for row in found["Hasil tiap unsur"].values()]
    assert weighted.count(None) == len(skipped)
    index = found["Ringkasan laporan"]["Indeks unit layanan (IKM)"][0]
    assert abs(25 * sum(one for one in weighted if one is not None) - index) < Decimal("0.12")  # nine times half a thousandth


def test_a_service_that_the_whole_report_hides_is_not_published_by_itself(session: Session):
    """Nor is one that has enough answers but would give away another."""
    for service in ("izin", "=lain"):
        found = tables(session, service=service)
        assert [*found] == ["Ringkasan laporan", "Hasil tiap unsur"]
        assert {cell for row in found["Hasil tiap unsur"].values() for cell in row[1:]} == {HIDDEN}
        assert found["Ringkasan laporan"]["Indeks unit layanan (IKM)"] == (HIDDEN,)
    shown = tables(session, service="pameran")
    assert shown["Ringkasan laporan"]["Responden"] == (20,)
    assert "Jenis kelamin" not in shown, "the profile of a part would tell that of the rest"


def test_a_part_has_neither_annex_nor_distribution(session: Session):
    """Taken from the whole's they would tell how often the others answered alike, and one of six can be one."""
    assert [*tables(session, service="pameran")] == ["Ringkasan laporan", "Hasil tiap unsur", "Rencana tindak lanjut"]
    part, whole = (text_of(documents.make(session, Scope("kaltim", SPAN, service=one), "pdf", now=NOW)) for one in ("pameran", None))
    for words in ("Lampiran: jawaban yang sama", "Sebaran jawaban"):
        assert (words in whole, words in part) == (True, False)
    assert "hanya diumumkan untuk seluruh unit" in " ".join(whole.split())


def test_a_hidden_element_has_no_place_and_the_plan_three_rows(session: Session):
    few = ANSWERS.c.id > str(UUID(int=3))
    session.connection().execute(ANSWERS.update().where(few).values(completion_time=None))
    found = tables(session)
    places = {row[0]: row[-1] for row in found["Hasil tiap unsur"].values()}
    assert [name for name, place in places.items() if place == HIDDEN] == ["Waktu Penyelesaian", "Perilaku Pelaksana"]
    assert sorted(place for place in places.values() if place != HIDDEN) == list(range(1, 8))
    assert len(found["Rencana tindak lanjut"]) == 3
    assert not {"Waktu Penyelesaian", "Perilaku Pelaksana"} & {*found["Rencana tindak lanjut"]}


def test_a_month_is_not_told_where_another_report_makes_it_tell_of_few(session: Session):
    """The half-year hides February's two with April's six; January's twenty would still be taken from the first quarter."""
    for day, count in (("2026-01-05", 20), ("2026-02-03", 2), ("2026-04-07", 6)):
        first = int(day[5:7]) * 100
        session.connection().execute(insert(ANSWERS), [answer(first + at, day=day) for at in range(count)])
    session.connection().execute(ANSWERS.update().where(ANSWERS.c.day == "2026-03-12").values(service="", sex=""))

    def withheld(scope: Scope) -> bool:
        return report.read(session, scope, made_on=date(2026, 7, 2)).is_withheld

    rows = tables(session)["Bulan jawaban"]
    assert [name for name, row in rows.items() if row == (HIDDEN,) * 4] == ["2026-01", "2026-02", "2026-04"]
    assert rows["2026-03"][0] == 29
    periods = [SPAN, *(months(2026, first, 3) for first in (1, 4)), *(months(2026, number, 1) for number in (1, 2, 3, 4))]
    assert [withheld(Scope("kaltim", period)) for period in periods] == [False, False, False, True, True, False, True]


def test_where_nobody_drew_a_number_the_applicants_are_not_known(session: Session):
    made = report.read(session, Scope("kaltim", SPAN), made_on=date(2026, 7, 2))
    facts = [row[0] for row in Tables(made).facts().rows]
    assert not {"Pemohon pada periode ini", "Sampel minimal"} & {*facts}
    assert len(facts) == len(tables(session)["Ringkasan laporan"]) - 3
    assert as_json(made.summary)["sample"] == {"population": 0, "needed": 0}


def test_the_file_of_a_running_half_year_has_its_plan_and_applicants(session: Session):
    session.add(SurveySetting(office_id="kaltim", applicants=365))
    place = {"first_day": str(SPAN.first), "last_day": str(SPAN.last), "element": "completion_time", "action": "Tambah petugas"}
    session.add(SurveyPlan(office_id="kaltim", id="1", person="Kabid", due="2026-09-01", **place))
    session.flush()
    scope = Scope("kaltim", Period(SPAN.first, date(2026, 3, 12)))
    made = Tables(report.read(session, scope, made_on=date(2026, 3, 13), span=SPAN))
    facts = dict(made.facts().rows)
    assert facts["Periode"] == "1 Januari 2026 s.d. 30 Juni 2026"
    assert facts["Dihitung: jawaban sampai dengan"] == "12 Maret 2026"
    assert facts["Pemohon pada periode ini"] == 181
    assert next(made.plans()).rows[0][1] == "Tambah petugas"


def test_the_annex_has_no_row_of_fewer_than_five(session: Session):
    rows = list(tables(session)["Lampiran: jawaban yang sama"].values())
    assert sum(row[-1] for row in rows) == 29
    assert all(row[-1] >= 5 or row[-1] == 0 for row in rows)


def test_the_drawings_tell_what_the_tables_tell(session: Session):
    session.connection().execute(insert(ANSWERS), [answer(100 + at, day="2026-05-04") for at in range(7)])
    made = Tables(report.read(session, Scope("kaltim", SPAN), made_on=date(2026, 7, 2)))
    (march, first), (april, none), (may, last) = made.trend()
    assert (march, april, may) == ("Mar 2026", "Apr 2026", "Mei 2026")
    assert (str(first), none) == ("91.48", None)
    drawn = text_of(make(session, "pdf"))
    for month in (march, april, may):
        assert month in drawn
    assert drawn.count("91,48") > 1
    assert drawn.count(str(last).replace(".", ",")) > 1
    assert dict(made.answered())["Biaya/Tarif"] == made.report.figures.distribution["fee"]


def test_a_month_that_is_hidden_is_not_drawn(session: Session):
    session.connection().execute(insert(ANSWERS), [answer(100 + at, day="2026-05-04") for at in range(3)])
    made = Tables(report.read(session, Scope("kaltim", SPAN), made_on=date(2026, 7, 2)))
    assert [index for _, index in made.trend()] == [None, None, None]


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_no_suggestion_leaves_the_office_unasked(session: Session, kind: str):
    made = make(session, kind)
    if kind == "xlsx":
        cells = [cell.value for page in load_workbook(io.BytesIO(made)) for row in page.iter_rows() for cell in row]
        assert SECRET not in cells
        assert "=Lain" in cells
    else:
        assert "Budi" not in (text_of(made) if kind == "pdf" else made.decode("utf-8-sig"))


def test_tables_for_the_office_alone_have_the_suggestions_and_say_so(session: Session):
    rows = list(csv.reader(io.StringIO(make(session, "csv", suggestions=True).decode("utf-8-sig"))))
    assert [SECRET] in rows
    assert rows[-1][0].startswith("Untuk kantor sendiri")
    assert ["'=Lain", *[HIDDEN] * 4] in rows, "a name that begins like a formula is text"


def test_the_pdf_has_what_the_regulation_asks_for_in_its_order(session: Session):
    plan = {"first_day": str(SPAN.first), "last_day": str(SPAN.last), "element": "completion_time", "action": "Tambah petugas verifikasi"}
    session.add(SurveyPlan(office_id="kaltim", id="1", person="Kabid <A & B>", due="2026-09-01", state="doing", **plan))
    before = {"first_day": "2025-07-01", "last_day": "2025-12-31", "element": "facilities", "action": "Beli kursi"}
    session.add(SurveyPlan(office_id="kaltim", id="2", person="Sekretaris", due="2026-02-01", state="done", **before))
    session.flush()
    text = text_of(make(session, "pdf"))
    parts = ["Pendahuluan", "Metode", "Profil responden", "Hasil tiap unsur", "Kesimpulan", "Rencana tindak lanjut", "Lampiran"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    for words in ("91,48", "A - Sangat baik", "Tambah petugas", "<A &", "Beli kursi", "selesai", "Tindak lanjut belum diisi"):
        assert words in text


def test_the_same_report_is_the_same_file(session: Session):
    assert make(session, "pdf") == make(session, "pdf")


def test_a_report_of_few_answers_shows_nothing(session: Session):
    session.connection().execute(ANSWERS.delete().where(ANSWERS.c.id > str(UUID(int=3))))
    text = text_of(make(session, "pdf"))
    assert "kurang dari lima" in text
    assert "100,00" not in text
    assert tables(session)["Ringkasan laporan"]["Responden"] == (HIDDEN,)


def test_a_service_of_the_older_scheme_is_not_published_by_itself(session: Session):
    """Ten of the whole office and nine of a service: the rest is one person."""
    old = {"office_id": "kaltim", "source": "1", "day": "2011-06-30", "scores": {"u1": 4}} | dict.fromkeys((*PROFILE, "suggestion"), "")
    rows = [{**old, "id": str(number), "service": "izin" if number else ""} for number in range(10)]
    session.connection().execute(insert(OLD_ANSWERS), rows)
    whole, part = (
        report.read(session, Scope("kaltim", months(2011, 1, 12), service), made_on=date(2026, 7, 2)) for service in (None, "izin")
    )
    assert (whole.is_withheld, part.is_withheld) == (False, True)


def test_both_databases_give_the_same_tables(session: Session, postgres: str):
    old = {"office_id": "kaltim", "source": "1", "service": "", "day": "2011-06-30", "scores": {"u1": 4, "u2": 3}}
    old |= dict.fromkeys((*PROFILE, "suggestion"), "")
    there = next(iter(filled(create_engine(postgres))))
    for one in (session, there):
        one.connection().execute(insert(OLD_ANSWERS), [{**old, "id": str(number)} for number in range(5)])
    assert tables(there) == tables(session)
    before = Scope("kaltim", months(2011, 1, 12))
    made = [report.read(one, before, made_on=date(2026, 7, 2)).summary for one in (there, session)]
    assert made[0] == made[1]
    assert made[0].result.n == 5
    there.close()


def test_a_service_that_nobody_knows_is_told_of(session: Session):
    with pytest.raises(ServiceUnknown):
        documents.make(session, Scope("kaltim", SPAN, service="izin-lain"), "csv", now=NOW)


@pytest.mark.parametrize(("first", "last"), [("2026-01-01", "2026-06-29"), ("2026-01-02", "2026-06-30"), ("2026-03-12", "2026-03-12")])
def test_staff_cannot_take_two_reports_that_differ_by_a_day(first: str, last: str):
    with pytest.raises(SpanUnknown):
        a_span(date.fromisoformat(first), date.fromisoformat(last))


def test_the_command_imports_and_reports(tmp_path: Path):
    """As an office would: a file of old answers, its preview, the import, the report in every form."""
    node = Node(tmp_path / "data").prepare()
    rows = [{"date": "2026-03-12", **scores(at)} for at in range(29)]
    file = tmp_path / "lama.csv"
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, ["date", *ELEMENTS])
        writer.writeheader()
        writer.writerows(rows)
    period = ("--from", "2026-01-01", "--to", "2026-06-30")

    def run(*words: str) -> str:
        done = node.run("survey", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "index:   91.48 A" in run("import", str(file), "--preview")
    assert json.loads(run("report", *period, "--json"))["n"] == 0
    assert "29 answers are imported" in run("import", str(file))
    assert "SURVEY-0409" in node.run("survey", "import", str(file)).stderr, "once"
    more = tmp_path / "lagi.csv"
    more.write_text(file.read_text() + file.read_text().splitlines()[1] + "\n")
    assert "already: 29 imported answers" in run("import", str(more), "--preview")
    assert "SURVEY-0410" in node.run("survey", "import", str(more)).stderr, "days of another file, and nobody who could say yes"
    told = json.loads(run("report", *period, "--json", "--weight", "0.11", "--applicants", "4384"))
    assert set(told) == {"n", "index", "grade", "weight", "elements", "sample"}
    assert (told["n"], told["index"], told["grade"], told["weight"]) == (29, "90.56", "A", "0.11")
    assert told["elements"]["completion_time"] == {"n": 29, "mean": "3.45", "grade": "B"}
    assert told["sample"] == {"population": 4384, "needed": 354}
    for kind in ("pdf", "xlsx", "csv"):
        run("report", *period, f"--{kind}", str(tmp_path / f"skm.{kind}"))
    assert "91,48" in text_of((tmp_path / "skm.pdf").read_bytes())
    assert load_workbook(tmp_path / "skm.xlsx").worksheets[0]["B6"].value == 91.48
    assert "91.48" in (tmp_path / "skm.csv").read_text("utf-8-sig")
    older = tmp_path / "2004.csv"
    older.write_text("\n".join([",".join(("date", *OLD.elements)), *["2026-05-04" + ",3" * 14] * 5]))
    run("import", str(older))
    plan(node)
    staff_fetch_it(node)
    wrong = file.read_text().replace("2026-03-12", "2026-13-12", 1)
    (tmp_path / "salah.csv").write_text(wrong)
    refused = node.run("survey", "import", str(tmp_path / "salah.csv"))
    assert refused.returncode == 1
    assert "row 2, date: '2026-13-12' is not a day" in refused.stderr
    assert "SURVEY-0427" in refused.stderr


def plan(node: Node) -> None:
    """As somebody wrote it at /laporan, for the half-year of which the last answer came in March."""
    row = SurveyPlan(
        office_id="kaltim",
        id="1",
        first_day="2026-01-01",
        last_day="2026-06-30",
        element="completion_time",
        action="Loket kedua",
        person="Kabid",
        due="2026-09-01",
    )
    with Session(open_engine(node.data / "office.db", writing=True)) as opened:
        opened.add(row)
        opened.commit()


def staff_fetch_it(node: Node) -> None:
    """Who leads or audits gets the file over HTTP, and nobody else."""
    address = "/api/v1/survey/report.pdf?from={}&to=2026-06-30"
    node.start()
    try:
        leader, officer = node.sign_in("auditor"), node.sign_in("registration")
        with urllib.request.urlopen(urllib.request.Request(node.url + address.format("2026-01-01"), headers={"cookie": leader})) as answer:
            assert answer.headers["content-type"] == "application/pdf"
            text = text_of(answer.read())
            assert all(words in text for words in ("91,48", "Loket kedua", "30 Juni 2026", "12 Maret 2026"))
        alone = node.url + address.format("2026-05-01").replace("06-30", "05-31")  # nothing is counted day by day here
        with urllib.request.urlopen(urllib.request.Request(alone, headers={"cookie": leader})) as answer:
            assert "74,55" in text_of(answer.read())
        told = [
            node.get(address.format(first), cookie=who).status
            for first, who in (("2026-01-01", ""), ("2026-01-01", officer), ("2026-02-01", leader))
        ]
        assert told == [403, 403, 422]
    finally:
        node.stop()
