"""The admin's list of devices: who may call it, and what becomes of a screen whose device is revoked. Over the real websocket."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pysqlite3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reflex_base.registry import RegistrationContext

from kiosk.devices.model import Device
from kiosk.kiosk import app  # noqa: F401 (importing it registers every handler)
from kiosk.staff.aside.screen import AsideState
from kiosk.staff.devices.lines import ago, line
from kiosk.staff.devices.screen import DevicesState
from kiosk.staff.guard import roles_of
from kiosk.staff.line.screen import LineState
from kiosk.staff.screen import StaffState
from tests.staff.wire import Wire
from tests.support import Node

NOW = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)
NAME = DevicesState.get_full_name()
HANDLERS = [name for name in RegistrationContext.get().event_handlers if name.startswith(NAME + ".") and not name.endswith(".setvar")]
FORM = {"form": {"name": "Tablet survei", "kind": "tablet", "place": "Ruang tunggu"}}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("hall"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield node
    node.stop()


def rows(node: Node, asked: str, *words: str) -> list[tuple]:
    database = pysqlite3.connect(node.data / "office.db", timeout=10)
    with database:
        found = database.execute(asked, words).fetchall()
    database.close()
    return found


CODE = re.compile(r'"code[^"]*":\s*"([0-9A-Z]{4}-[0-9A-Z]{4})"')


def code_in(answer: str) -> str:
    found = CODE.search(answer)
    assert found, answer
    return found[1]


def test_only_the_admin_may():
    assert {name.rpartition(".")[2] for name in HANDLERS} >= {"load", "make_code", "put_away", "revoke"}
    assert {name: roles_of(name) for name in HANDLERS} == {name: frozenset({"admin"}) for name in HANDLERS}


@pytest.mark.parametrize("who", ["nobody", "information"])
def test_nobody_else_reads_the_list_makes_a_code_or_revokes(hall: Node, who: str):
    hall.token()
    device = rows(hall, "SELECT id FROM device WHERE revoked_at IS NULL")[0][0]
    before = rows(hall, "SELECT count(*) FROM enrolment_code")
    with Wire(hall.url, cookie=hall.sign_in("information") if who == "information" else None, token=f"other-{who}") as wire:
        for handler, payload in (("load", {}), ("make_code", FORM), ("revoke", {"device_id": device}), ("put_away", {})):
            answer = wire.call(f"{NAME}.{handler}", payload)
            assert "_redirect" in answer
            assert device not in answer
            assert not CODE.search(answer)
    assert rows(hall, "SELECT count(*) FROM enrolment_code") == before
    assert rows(hall, "SELECT revoked_at FROM device WHERE id = ?", device) == [(None,)]


def test_the_admin_makes_a_code_sees_what_became_of_it_and_revokes(hall: Node):
    with Wire(hall.url, cookie=hall.sign_in("admin"), token="admin") as wire:
        made = wire.call(f"{NAME}.make_code", FORM)
        code = code_in(made)
        assert "data:image/svg+xml;base64," in made
        device = hall.call("POST", "/api/v1/devices/enrol", {"code": code})
        assert (device.status, device.body["lane"], device.body["name"]) == (201, "T1", "Tablet survei")
        listed = wire.call(f"{NAME}.load")
        assert device.body["id"] in listed
        assert code not in listed  # used, so it is put away
        cookie = {"cookie": device.headers["set-cookie"].split(";")[0]}
        assert hall.call("GET", "/api/v1/devices/me", headers=cookie).status == 200
        wire.call(f"{NAME}.revoke", {"device_id": device.body["id"]})
        assert hall.call("GET", "/api/v1/devices/me", headers=cookie).status == 401
    event = json.loads(rows(hall, "SELECT body FROM outbox_event WHERE kind = 'device.revoked'")[-1][0])
    assert event["device_id"] == device.body["id"]


KEPT = "INSERT INTO aside_entry (office_id, id, content_hash, device_id, kind, code, about, entry, at)"
KEPT += " VALUES ('kaltim', 'e1', 'h1', 'd', 'ticket.taken', 'ENTRY-0409', 'A-K1-007', '{}', '2026-03-12T01:42:00+00:00')"


def test_the_admin_settles_what_was_kept_aside_with_a_note_and_nobody_else_does(hall: Node):
    rows(hall, KEPT)
    name = AsideState.get_full_name()
    form = {"form": {"entry": "e1", "content": "h1", "note": "Nomor dicocokkan"}}
    with Wire(hall.url, cookie=hall.sign_in("information"), token="aside-other") as wire:
        for handler, payload in (("load", {}), ("settle", form)):
            answer = wire.call(f"{name}.{handler}", payload)
            assert "_redirect" in answer
            assert "A-K1-007" not in answer
    assert rows(hall, "SELECT settled_at FROM aside_entry") == [(None,)]
    with Wire(hall.url, cookie=hall.sign_in("admin"), token="aside") as wire:
        assert "A-K1-007" in wire.call(f"{name}.load")
        assert "Tulis apa yang sudah dilakukan" in wire.call(f"{name}.settle", {"form": {**form["form"], "note": " "}})
        assert "Nomor dicocokkan" in wire.call(f"{name}.settle", form)
        assert "tidak lagi terbuka" in wire.call(f"{name}.settle", form)
    assert rows(hall, "SELECT note, entry FROM aside_entry WHERE settled_by LIKE 'staff:%'") == [("Nomor dicocokkan", "{}")]
    assert json.loads(rows(hall, "SELECT body FROM outbox_event WHERE kind = 'entry.settled'")[0][0])["note"] == "Nomor dicocokkan"


@pytest.mark.parametrize("form", [{"name": "", "kind": "tablet"}, {"name": "T", "kind": "x"}, {}])
def test_a_form_that_cannot_be_is_a_sentence_on_the_page(hall: Node, form: dict):
    with Wire(hall.url, cookie=hall.sign_in("admin"), token=f"form-{len(form)}{form.get('name')}") as wire:
        assert "Perangkat memerlukan nama" in wire.call(f"{NAME}.make_code", {"form": form})
        assert "tidak ada di kantor ini" in wire.call(f"{NAME}.revoke", {"device_id": "nobody"})


def test_an_officer_on_a_revoked_device_is_out_at_once_on_a_connection_that_is_still_there(hall: Node):
    """Every browser of this test is on the node's own machine, so the session's device is written by hand."""
    code = hall.run("device", "code", "Loket 3", "--kind", "staff").stdout
    device = hall.call("POST", "/api/v1/devices/enrol", {"code": code}).body["id"]
    cookie = hall.sign_in("information")
    rows(hall, "UPDATE staff_session SET place = ? WHERE opened_at = (SELECT max(opened_at) FROM staff_session)", device)
    load = f"{StaffState.get_full_name()}.load"
    with Wire(hall.url, cookie=cookie, token="desk") as desk, Wire(hall.url, cookie=hall.sign_in("admin"), token="chief") as chief:
        assert "Petugas" in desk.call(load)
        chief.call(f"{NAME}.revoke", {"device_id": device})
        answer = desk.call(load)
        assert "Petugas" not in answer
        assert "/masuk" in answer
        assert "Admin" in chief.call(load)


def device(**words: object) -> Device:
    made = {"token_hash": "h", "enrolled_at": "", "enrolled_by": "cli"}
    return Device(**{"office_id": "kaltim", "id": "1", "name": "Kios", "kind": "kiosk", "lane": "K1", **made, **words})


def test_a_line_says_when_which_build_and_what_waits():
    seen = (NOW - timedelta(minutes=3)).isoformat()
    one = line(device(last_seen_at=seen, build="abc", waiting=4), now=NOW, zone="Asia/Makassar", front_end="abc")
    assert (one.seen, one.seen_en, one.old, one.waiting, one.revoked) == ("3 menit yang lalu", "3 minutes ago", False, 4, "")
    assert line(device(build="old"), now=NOW, zone="Asia/Makassar", front_end="abc").old
    assert not line(device(), now=NOW, zone="Asia/Makassar", front_end="abc").old
    gone = line(device(revoked_at=NOW.isoformat()), now=NOW, zone="Asia/Makassar", front_end="abc")
    assert (gone.revoked, gone.seen) == ("12.03.2026 09.42", "belum pernah terlihat")


@given(st.floats(-(10**9), 10**9))
def test_how_long_ago_is_never_in_the_future(seconds: float):
    said = ago(seconds)
    assert said["en"] == "just now" if seconds < 60 else said["en"].endswith("ago")
    assert said["id"] != said["en"]


def test_the_admin_alone_sees_how_the_line_to_the_centre_stands(hall: Node):
    load = f"{LineState.get_full_name()}.load"
    line = "INSERT INTO centre_line (office_id, node_id, address, reached_at, centre_key, enrolled_at, state, epoch, seq, code, message)"
    line += " VALUES ('kaltim','n','https://p','https://p','ab','2026','twin',1,0,'SYNC-0412','x')"
    with Wire(hall.url, cookie=hall.sign_in("admin"), token="line") as chief, Wire(hall.url, token="line-nobody") as nobody:
        assert '"look' in (none := chief.call(load))
        assert "SYNC-0412" not in none
        rows(hall, line)
        told = chief.call(load)
        assert "SYNC-0412" in told
        assert "Komputer lain memakai identitas ini" in told
        assert "_redirect" in (refused := nobody.call(load))
        assert "SYNC-0412" not in refused
    metrics = hall.get("/metrics").body
    assert 'kiosk_line_state{state="twin"} 1.0' in metrics
    assert re.search(r"kiosk_line_backlog [1-9]", metrics)
    rows(hall, "DELETE FROM centre_line")
    assert "kiosk_line" not in hall.get("/metrics").body
