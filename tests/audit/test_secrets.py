"""What the trail and its export tell, and what they must not: no PIN, no token, no cookie, no hash of one; and who did it where."""

import json
from pathlib import Path

import pysqlite3
import pytest

from kiosk.core.actors import read_actor
from kiosk.core.ids import new_id
from kiosk.staff.demo import accounts
from tests.support import Node


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[dict], set[str], list[str]]:
    """An export after everything that carries a secret was done once; its events; ids of the devices; the secrets."""
    folder = Path(tmp_path_factory.mktemp("told"))
    node = Node(folder / "data", env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    try:
        token, secrets = node.token(), [pin for *_, pin in accounts("kaltim")]
        node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, {"authorization": f"Bearer {token}"})
        cookies = [node.sign_in("admin"), node.sign_in("auditor")]
        listed = node.call("GET", "/api/v1/staff/accounts", headers={"authorization": f"Bearer {token}"}).body
        for _ in range(3):
            node.call("POST", "/api/v1/staff/session", {"account": listed[0]["id"], "pin": "731946"}, {"authorization": f"Bearer {token}"})
        node.call("DELETE", "/api/v1/staff/session", headers={"cookie": cookies[0]})
        added = node.run("staff", "add", "Dewi", "--role", "auditor").stdout.strip()
        assert node.run("audit", "export", str(folder / "trail.jsonl")).returncode == 0
    finally:
        node.stop()
    with pysqlite3.connect(folder / "data/office.db") as database:
        hashes = [
            one
            for (one,) in database.execute(
                "SELECT pin_hash FROM account UNION SELECT token_hash FROM device UNION SELECT id_hash FROM staff_session"
            )
        ]
        devices = {one for (one,) in database.execute("SELECT id FROM device")}
    secrets += [token, token[3:], added, "731946", *hashes, *(cookie.split("=", 1)[1] for cookie in cookies)]
    text = (folder / "trail.jsonl").read_text()
    return text, [json.loads(line)["event"] for line in text.splitlines()[:-1]], devices, secrets


def test_no_secret_stands_in_an_export(told):
    text, _, _, secrets = told
    assert len(secrets) > 15
    assert all(len(secret) >= 6 for secret in secrets)
    words = set(text.replace('"', " ").replace("\\", " ").split())
    for secret in secrets:
        assert secret not in (text if len(secret) > 6 else words), secret


def test_every_act_says_who_did_it_and_where(told):
    _, events, devices, _ = told
    by_kind = {event["kind"]: read_actor(event["actor"]) for event in events}
    by_itself = {"demo", "node"}  # the demonstration's keys, and the list of revoked letters
    assert {actor.kind for actor in by_kind.values()} <= {"cli", "seed", "device", "staff"} | by_itself
    assert by_kind["ticket.taken"].place in devices
    for kind in ("staff.signed_in", "staff.signed_out"):
        assert (by_kind[kind].kind, by_kind[kind].place) == ("staff", "here")
        assert by_kind[kind].account
    assert by_kind["staff.account_added"].kind == "cli"
