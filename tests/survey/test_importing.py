"""Older answers: whatever file they come in, whole or not at all, once, and computed as they were."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

import kiosk.happenings
import kiosk.tables  # noqa: F401
from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core.db import open_engine
from kiosk.core.office import Office
from kiosk.core.table_of import table_of
from kiosk.survey import archive, files, importing, tally
from kiosk.survey.errors import ColumnsWrong, DaysHeld, FileLarge, FileUnreadable, ImportedAlready, NothingInFile, RowsWrong, WeightUnknown
from kiosk.survey.index import OLD
from kiosk.survey.model import SurveyAnswer, SurveyImport, SurveyOldAnswer
from kiosk.survey.questionnaire import ELEMENTS, LONGEST
from kiosk.survey.scope import Scope, months
from kiosk.survey.summary import as_json, summary
from kiosk.sync import kinds
from kiosk.sync.outbox import OutboxEvent, event_of
from kiosk.sync.reading import MOST_BYTES
from tests.survey.asked import answer

TODAY, NOW = date(2026, 11, 21), datetime(2026, 11, 21, 3, tzinfo=UTC)
SERVICES = {"izin-pameran": "izin-pameran", "izin pameran dagang": "izin-pameran"}
ROW = {
    "date": "2019-03-12",
    "service": "Izin Pameran Dagang",
    **dict.fromkeys(ELEMENTS, "4"),
    "sex": "p",
    "age": "34",
    "suggestion": "=1+1",
}


def text_of(rows: list[dict[str, str]], separator: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def written(folder: Path, content: bytes) -> Path:
    path = folder / "lama.csv"
    path.write_bytes(content)
    return path


def check(folder: Path, *rows: dict[str, str], today: date = TODAY) -> archive.Archive:
    return archive.check(files.read(written(folder, text_of(list(rows)).encode())), services=SERVICES, today=today)


def said(found: archive.Archive) -> list[tuple[int, str]]:
    return [(wrong.row, wrong.column) for wrong in found.wrong]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = open_engine(tmp_path / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add(Office(office_id="kaltim", name="Kaltim", short_name="K", region="R", zone="Asia/Makassar"))
        opened.flush()
        opened.add(
            ServiceStandardRow(office_id="kaltim", id="izin-pameran", position=1, name="Izin Pameran Dagang", standard={}, digest="")
        )
        opened.commit()
        yield opened
    engine.dispose()


def keep(session: Session, found: archive.Archive, weight: str | None = None, name: str = "lama.csv", **more: bool) -> importing.Kept:
    facts: dict[str, Any] = {"office_id": "kaltim", "name": name, "at": NOW, "actor": "cli", **more}
    return importing.keep(session, found, weight=importing.fair_weight(found, weight), **facts)


def count(session: Session, table: type[SQLModel]) -> int:
    return session.connection().execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_whatever_its_encoding_and_separator(tmp_path: Path, encoding: str, separator: str):
    row = {**ROW, "suggestion": "Café “buka” lebih pagi – terima kasih"}
    found = archive.check(files.read(written(tmp_path, text_of([row], separator).encode(encoding))), services=SERVICES, today=TODAY)
    assert found.wrong == []
    assert found.answers[0].suggestion == row["suggestion"]
    assert (found.answers[0].service, found.answers[0].profile["sex"], found.answers[0].profile["age"]) == ("izin-pameran", "P", "26-35")


def test_a_spreadsheet_gives_the_same_answers_as_a_text(tmp_path: Path):
    book = Workbook()
    book.active.append(["", ""])
    book.active.append([*ROW])
    book.active.append([datetime(2019, 3, 12), *(float(cell) if cell == "4" else cell for cell in list(ROW.values())[1:-1]), None])
    book.save(tmp_path / "lama.xlsx")
    found = archive.check(files.read(tmp_path / "lama.xlsx"), services=SERVICES, today=TODAY)
    assert found.wrong == []
    assert found.answers == check(tmp_path, {**ROW, "suggestion": ""}).answers


def test_a_row_is_named_as_a_spreadsheet_counts_it(tmp_path: Path):
    """Also behind a suggestion of several lines, and behind a row without a cell."""
    rows = [{**ROW, "suggestion": "satu\ndua\ntiga"}, dict.fromkeys(ROW, ""), {**ROW, "fee": "9"}]
    assert said(check(tmp_path, *rows)) == [(4, "fee")]


def test_whole_numbers_may_be_written_with_a_point_in_a_text_too(tmp_path: Path):
    found = check(tmp_path, {**ROW, **dict.fromkeys(ELEMENTS, "4.0"), "age": "34.0", "fee": ""})
    assert found.wrong == []
    assert found.answers == check(tmp_path, {**ROW, "fee": ""}).answers


def test_columns_may_stand_in_any_order_and_others_may_be_absent(tmp_path: Path):
    row = {key: ROW[key] for key in (*reversed(ELEMENTS), "date")}
    found = check(tmp_path, row)
    assert found.wrong == []
    assert found.answers[0].scores == dict.fromkeys(ELEMENTS, 4)


def test_every_wrong_cell_is_named_with_its_row(tmp_path: Path):
    wrong = [
        {**ROW, "fee": "5"},
        {**ROW, "fee": "0", "product": "baik", "service": "Izin Lain"},
        {**ROW, "date": "31-02-2019"},
        {**ROW, "date": "2026-11-22"},
        {**ROW, "date": ""},
        {**ROW, "age": "tua", "sex": "X"},
        {**ROW, **dict.fromkeys(ELEMENTS, "")},
        {**ROW, "suggestion": "x" * 100_000},
    ]
    found = check(tmp_path, ROW, *wrong, {**ROW, "fee": "", "date": "1/2/2019"})
    assert said(found) == [
        (3, "fee"), (4, "service"), (4, "fee"), (4, "product"), (5, "date"), (6, "date"), (7, "date"), (8, "sex"), (8, "age"), (9, ""),
        (10, "suggestion"),
    ]  # fmt: skip
    assert (found.answers[-1].scores["fee"], found.answers[-1].day) == (None, "2019-02-01")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kecepatan": "4"}, "kecepatan is not known"),
        ({"u1": "4"}, "requirements is not known"),
        ({}, "fee is missing"),
        ({"fee ": "4", "fee": "4"}, "fee stands there twice"),
    ],
)
def test_columns_of_no_scheme_are_refused(tmp_path: Path, change: dict[str, str], told: str):
    row = {key: value for key, value in ROW.items() if key != "fee"} | change
    with pytest.raises(ColumnsWrong, match=told):
        check(tmp_path, row)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"\x00\x01\x02\x03" * 9, b'"a\n'], ids=["zip", "bytes", "quote"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes):
    with pytest.raises((FileUnreadable, ColumnsWrong)):
        archive.check(files.read(written(tmp_path, content)), services=SERVICES, today=TODAY)


def test_a_file_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)
    with pytest.raises(FileLarge):
        check(tmp_path, ROW, ROW, ROW)


@pytest.mark.parametrize("row", [1, 2])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_without_end_is_refused_and_not_cut(tmp_path: Path, kind: str, row: int):
    """Not even one cell, far beyond what is read, is left out in silence."""
    path = tmp_path / f"lama.{kind}"
    if kind == "csv":
        lines = text_of([ROW]).splitlines()
        lines[row - 1] += "," * 300 + "x"
        path.write_text("\n".join(lines))
    else:
        book = Workbook()
        book.active.append([*ROW])
        book.active.append([*ROW.values()])
        book.active.cell(row, 16_384, "x")
        book.save(path)
    with pytest.raises(FileLarge, match="200"):
        files.read(path)


def test_cells_beyond_the_heading_are_wrong(tmp_path: Path):
    path = written(tmp_path, (text_of([ROW]).rstrip() + ",mehr\n").encode())
    assert said(archive.check(files.read(path), services=SERVICES, today=TODAY)) == [(2, files.BEYOND)]


def test_one_wrong_cell_keeps_the_whole_file_out(session: Session, tmp_path: Path):
    with pytest.raises(RowsWrong):
        keep(session, check(tmp_path, *[ROW] * 50, {**ROW, "fee": "9"}))
    assert (count(session, SurveyAnswer), count(session, SurveyImport), count(session, OutboxEvent)) == (0, 0, 0)


def test_an_empty_file_is_told_of(session: Session, tmp_path: Path):
    with pytest.raises(NothingInFile):
        keep(session, archive.check(files.Table(("date", *ELEMENTS), []), services={}, today=TODAY))


def test_the_same_answers_in_another_order_and_file_come_in_once(session: Session, tmp_path: Path):
    others = [ROW, {**ROW, "fee": "1"}]
    assert keep(session, check(tmp_path, *others)).rows == 2
    with pytest.raises(ImportedAlready, match=r"lama\.csv"):
        keep(session, check(tmp_path, *reversed(others)), name="anders.xlsx")
    assert count(session, SurveyAnswer) == 2


def test_the_published_index_of_2011_comes_out_of_fourteen_elements_by_their_own_weight(session: Session, tmp_path: Path):
    """74.67 by 0.071: a hundred people give 3 throughout, seven of them one 4, so the means sum to 42.07."""
    rows = [{"date": "2011-06-30", **dict.fromkeys(OLD.elements, "3")} for _ in range(100)]
    for at in range(7):
        rows[at]["u1"] = "4"
    found = check(tmp_path, *rows)
    assert found.scheme is OLD
    assert keep(session, found).rows == 100
    made = summary(session.connection(), Scope("kaltim", months(2011, 1, 12)))
    assert (str(made.result.index), made.result.grade, made.result.weight) == ("74.67", "B", "0.071")
    assert as_json(made)["elements"]["u1"] == {"n": 100, "mean": "3.07", "grade": "B"}
    with pytest.raises(WeightUnknown):
        importing.fair_weight(found, "1/9")


def test_an_old_answer_keeps_whose_it_was_and_what_was_suggested(session: Session, tmp_path: Path):
    about = {"sex": "P", "age": "26-35", "education": "S1", "work": "SWASTA", "suggestion": "Kursi kurang"}
    keep(session, check(tmp_path, {"date": "2011-06-30", **dict.fromkeys(OLD.elements, "3"), **about}))
    row = session.connection().execute(select(table_of(SurveyOldAnswer))).mappings().one()
    assert {name: row[name] for name in about} == about


@pytest.mark.parametrize("scheme", [ELEMENTS, OLD.elements], ids=["nine", "fourteen"])
def test_an_event_of_an_import_fits_into_what_the_centre_takes_at_once(session: Session, tmp_path: Path, scheme: tuple[str, ...]):
    about = {"education": "SMA", "work": "WIRAUSAHA", "suggestion": "\U0001f600" * LONGEST}
    keep(session, check(tmp_path, *[{"date": "2011-06-30", **dict.fromkeys(scheme, "3"), **about}] * importing.ROWS_AN_EVENT))
    session.commit()
    (body,) = session.connection().execute(select(table_of(OutboxEvent).c.body)).scalars().all()
    assert 600_000 < len(body.encode()) < MOST_BYTES


def test_days_that_were_imported_already_come_in_again_only_when_asked_for(session: Session, tmp_path: Path):
    """January, then January with February: January would count twice."""
    january, february = {**ROW, "date": "2019-01-14"}, {**ROW, "date": "2019-02-11"}
    keep(session, check(tmp_path, january, january))
    both = check(tmp_path, january, january, february)
    assert importing.held(session, "kaltim", both) == 2
    with pytest.raises(DaysHeld, match="2"):
        keep(session, both, name="lagi.csv")
    assert importing.held(session, "kaltim", check(tmp_path, february)) == 0
    keep(session, check(tmp_path, february), name="februari.csv")
    assert keep(session, both, name="lagi.csv", again=True).rows == 3
    assert count(session, SurveyAnswer) == 6


def test_answers_of_visitors_are_no_imported_ones(session: Session, tmp_path: Path):
    session.add(answer("2019-03-12"))
    session.flush()
    keep(session, check(tmp_path, {"date": "2019-03-12", **dict.fromkeys(OLD.elements, "3")}), name="alt.csv")
    assert importing.held(session, "kaltim", check(tmp_path, ROW)) == 0


def test_an_import_keeps_its_own_weight_and_is_never_pooled_with_another_scheme(session: Session, tmp_path: Path):
    keep(session, check(tmp_path, *[ROW] * 5), "0.11")
    keep(session, check(tmp_path, *[{"date": "2019-05-01", **dict.fromkeys(OLD.elements, "1")}] * 5), name="alt.csv")
    made = summary(session.connection(), Scope("kaltim", months(2019, 1, 12)))
    assert (str(made.result.index), made.result.weight, made.result.n, made.apart) == ("99.00", "0.11", 5, 5)
    assert summary(session.connection(), Scope("kaltim", months(2018, 1, 12))).result.weight == "1/9"


def test_events_of_an_import_make_the_same_rows_elsewhere_once(session: Session, tmp_path: Path):
    """So the centre and a restored node get them; a part that comes twice changes nothing."""
    keep(session, check(tmp_path, *[{**ROW, "fee": str(1 + at % 4)} for at in range(450)]))
    session.commit()
    rows = sorted(session.connection().execute(select(table_of(SurveyAnswer))).all())
    events = [dict(row) for row in session.connection().execute(select(table_of(OutboxEvent))).mappings()]
    assert len(events) == 3, "two hundred answers an event"
    for table in (SurveyAnswer, SurveyImport):
        session.connection().execute(table_of(table).delete())
    for event in [*events, *events[:1]]:
        apply = kinds.find(event["kind"])
        assert apply is not None
        apply(session, event_of(event))
    assert sorted(session.connection().execute(select(table_of(SurveyAnswer))).all()) == rows
    assert count(session, SurveyImport) == 1


def test_rows_of_a_file_do_not_lie_in_its_order(session: Session, tmp_path: Path):
    keep(session, check(tmp_path, *[{**ROW, "date": f"2019-03-{at:02d}"} for at in range(1, 29)]))
    session.commit()
    (body,) = session.connection().execute(select(table_of(OutboxEvent).c.body)).scalars().all()
    days = [one["day"] for one in json.loads(body)["answers"]]
    assert len(days) == 28
    assert sorted(days) != days


def test_a_tally_is_made_of_what_came_in(session: Session, tmp_path: Path):
    keep(session, check(tmp_path, *[ROW] * 5))
    tally.renew("kaltim", read=lambda job: job(session), write=lambda job: job(session))
    assert tally.tallied(session.connection(), "kaltim") == {"2019-03": 5}
