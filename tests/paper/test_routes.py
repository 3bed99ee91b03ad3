"""A visitor touches "Cetak": what the node prints, for whom, and what it says when it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from kiosk.api import make_api
from kiosk.catalogue import service as catalogue
from kiosk.checklist import service as checklists
from kiosk.checklist.rules import Code, encode
from kiosk.core import runtime
from kiosk.core.bucket import TokenBucket
from kiosk.core.config import Settings
from kiosk.core.ids import new_id
from kiosk.devices import access, printing
from kiosk.devices.service import DeviceIdentity
from kiosk.paper import spool
from kiosk.queues import board, calling
from tests.catalogue.conftest import standards_of
from tests.checklist.conftest import SERVICE, guide_of
from tests.paper.escpos import Paper, read
from tests.paper.machine import Machine, machine
from tests.queues.conftest import MORNING, furnish

PUBLIC = "https://antrean.example.go.id"
DEVICE = DeviceIdentity(id="kios-1", name="Kios 1", kind="kiosk")
ID = "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b"


@contextmanager
def hall(tmp_path: Path, printer: str, device: DeviceIdentity | None = DEVICE, **settings: Any) -> Iterator[TestClient]:
    """The node's own interface over a real database; the device is enrolled, or nobody is."""
    node = runtime.start(Settings(data_dir=tmp_path, demo=True, public_url=PUBLIC, printer=printer, **settings))
    SQLModel.metadata.create_all(node.writing_engine)
    furnish(node.writing_engine).engine.dispose()
    with Session(node.writing_engine) as session:
        catalogue.load(session, office_id="kaltim", standards=standards_of("kaltim"), at=MORNING)
        checklists.load(session, office_id="kaltim", guide=guide_of("kaltim"), at=MORNING)
        session.commit()
    node.now = lambda: MORNING
    board.start(node)
    spool.start(node.settings)
    api = make_api()
    if device is not None:
        api.dependency_overrides[access.enrolled] = lambda: device
    try:
        yield TestClient(api, base_url=PUBLIC)
    finally:
        spool.stop()
        runtime.stop()


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "budget", TokenBucket(every=20, burst=5))


def take(client: TestClient, queue: str = "A") -> str:
    ticket_id = new_id()
    assert client.post("/api/v1/tickets", json={"id": ticket_id, "queue": queue}).status_code == 201
    return ticket_id


def ticket_slip(client: TestClient, ticket_id: str, language: str = "id") -> Any:
    return client.post(f"/api/v1/tickets/{ticket_id}/slip", json={}, headers={"accept-language": language})


def checklist_slip(client: TestClient, code: str, language: str = "id") -> Any:
    return client.post("/api/v1/checklists/slip", json={"code": code}, headers={"accept-language": language})


def on_paper(printer: Machine) -> Paper:
    (data,) = printer.printed
    return read(data)


def items() -> tuple[list[dict[str, Any]], str]:
    with runtime.runtime().reading() as session:
        found = checklists.list_of(session, office_id="kaltim", service=SERVICE)
    return found["items"], found["digest"]


def code_of(letters: str = "") -> str:
    listed, digest = items()
    return encode(Code(SERVICE, digest, ID, (letters + "h" * len(listed))[: len(listed)]))


@pytest.mark.parametrize(
    ("language", "ahead", "day"), [("id", "1", "Kamis, 12 Maret 2026, 09.42 WITA"), ("en", "1", "Thursday, 12 March 2026, 09:42")]
)
def test_the_slip_of_a_number(tmp_path: Path, language: str, ahead: str, day: str):
    with machine() as printer, hall(tmp_path, printer.address) as client:
        take(client)
        mine = take(client)
        answer = ticket_slip(client, mine, language)
        assert (answer.status_code, answer.json()) == (200, {"confirmed": True})
    paper = on_paper(printer)
    number = next(row for row in paper.rows if row.text == "A-002")
    assert number.width == 6
    assert day in paper.text
    assert any(row.text.startswith("Layanan Informasi") for row in paper.rows)
    assert any(row.text.endswith(f": {ahead}") for row in paper.rows)
    assert [code for code, _ in paper.codes] == [f"{PUBLIC}/tiket?id={mine}"]
    assert paper.cut


def test_the_slip_of_a_checklist(tmp_path: Path):
    """The texts are the node's; what is missing or to be asked stands with where to get it, the code with its address."""
    with machine() as printer, hall(tmp_path, printer.address) as client:
        listed, _ = items()
        code = code_of("mu")
        assert checklist_slip(client, code).status_code == 200
    paper = on_paper(printer)
    flat = " ".join(paper.text.split())
    for item, box in zip(listed, ["[ ]", "[?]", *["[x]"] * len(listed)], strict=False):
        assert " ".join(f"{box} {item['text']}".split()) in flat
    for item in listed[:2]:
        assert item["where"] is None or f"-> {item['where']['id']}" in flat
    assert flat.index("[ ]") < flat.index("[?]") < flat.index("[x]")
    assert [one for one, _ in paper.codes] == [f"{PUBLIC}/checklist#{code}"]
    assert "Kamis, 12 Maret 2026" in flat


def test_a_whole_address_is_understood_and_never_printed(tmp_path: Path):
    with machine() as printer, hall(tmp_path, printer.address) as client:
        assert checklist_slip(client, f"http://evil.example/#{code_of()}").status_code == 200
    assert "evil" not in on_paper(printer).codes[0][0]


def test_codes_that_are_refused(tmp_path: Path):
    with machine() as printer, hall(tmp_path, printer.address) as client:
        whole = code_of()
        elsewhere = encode(Code("layanan-lain", "0" * 12, ID, "h"))
        changed = encode(Code(SERVICE, "0" * 12, ID, "h"))
        wrong = {"A-017": 415, whole[:-1] + "x": 422, elsewhere: 404, changed: 410, "\x1bp\x00": 415, "": 422, "1" * 501: 422}
        for code, status in wrong.items():
            assert checklist_slip(client, code).status_code == status, code
    assert printer.printed == []


def test_numbers_that_are_refused(tmp_path: Path):
    with machine() as printer, hall(tmp_path, printer.address) as client:
        assert ticket_slip(client, new_id()).json()["code"] == "TICKET-0404"
        assert ticket_slip(client, "x").json()["code"] == "ID-0422"
        over = take(client)
        node = runtime.runtime()
        with Session(node.writing_engine) as session:
            for step in ("call_next", "start", "finish"):
                words = {} if step == "call_next" else {"ticket_id": over}
                getattr(calling, step)(session, office_id="kaltim", counter="1", actor="staff:sari", now=MORNING, **words)
            session.commit()
        answer = ticket_slip(client, over)
        assert (answer.status_code, answer.json()["code"]) == (409, "TICKET-0411")
    assert printer.printed == []


@pytest.mark.parametrize(("traits", "code", "status"), [({"roll": 0}, "PRINT-0507", 503), ({"dies_after": 0}, "PRINT-0502", 502)])
def test_a_printer_that_fails_is_told_to_the_visitor(tmp_path: Path, traits: dict[str, int], code: str, status: int):
    with machine(**traits) as printer, hall(tmp_path, printer.address) as client:
        answer = ticket_slip(client, take(client))
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert "etak" in answer.json()["message"]


def test_without_a_printer_there_is_no_button_and_no_slip(tmp_path: Path):
    with hall(tmp_path, "") as client:
        assert client.get("/api/v1/office").json()["printer"] is False
        assert ticket_slip(client, take(client)).json()["code"] == "PRINT-0404"
        assert checklist_slip(client, code_of()).json()["code"] == "PRINT-0404"


def test_the_office_says_that_there_is_one(tmp_path: Path):
    with hall(tmp_path, "file:///dev/usb/lp99") as client:
        assert client.get("/api/v1/office").json()["printer"] is True
        assert ticket_slip(client, take(client)).json()["code"] == "PRINT-0503"


def test_paper_is_limited_for_each_device_and_a_failure_costs_none(tmp_path: Path):
    with machine(roll=0) as printer, hall(tmp_path, printer.address, rate_limits=True) as client:
        mine = take(client)
        for _ in range(7):
            assert ticket_slip(client, mine).json()["code"] == "PRINT-0507"
        printer.roll = 1_000_000
        assert [ticket_slip(client, mine).status_code for _ in range(6)] == [200] * 5 + [429]
        answer = checklist_slip(client, code_of())
        assert answer.json()["code"] == "PRINT-0429"
        assert 0 < int(answer.headers["retry-after"]) <= 20


@pytest.mark.parametrize("kind", ["board", "staff"])
def test_other_devices_print_nothing(tmp_path: Path, kind: str):
    with machine() as printer, hall(tmp_path, printer.address, DeviceIdentity(id="d", name="D", kind=kind)) as client:
        assert checklist_slip(client, code_of()).json()["code"] == "DEVICE-0407"
    assert printer.printed == []


def test_nobody_else_prints(tmp_path: Path):
    with machine() as printer, hall(tmp_path, printer.address, None) as client:
        assert checklist_slip(client, code_of()).status_code == 401
        assert ticket_slip(client, new_id()).status_code == 401
    assert printer.printed == []
