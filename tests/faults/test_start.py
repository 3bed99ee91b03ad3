"""What can be wrong at the start is said in one line: a stable code and a sentence. Nothing is lost by it."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pysqlite3
import pytest

from kiosk.core import schema
from kiosk.core.ids import new_id
from tests.support import ROOT, Node


def refused(node: Node, *words: str) -> str:
    done = node.run(*words)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr.strip().splitlines()[-1]


def test_a_port_in_use(own_node: Node):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", own_node.port))
        taken.listen()
        assert refused(own_node, "serve").startswith("START-0098: Port")


def test_a_second_server_on_the_same_folder(own_node: Node):
    own_node.start()
    second = Node(own_node.data)
    for word in ("migrate", "demo"):
        assert refused(second, word).startswith("START-0409:"), word
    line = refused(second, "serve")
    assert line.startswith("START-0409:")
    assert str(own_node.process.pid) in line
    assert own_node.get("/readyz").status == 200


def test_a_database_that_is_older_or_newer_than_the_program(own_node: Node, tmp_path: Path):
    database = pysqlite3.connect(own_node.data / "office.db", isolation_level=None)
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    for word in ("serve", "migrate", "demo"):
        assert refused(own_node, word).startswith("STORAGE-0409:"), word
    database.execute("UPDATE alembic_version SET version_num = '0000'")
    database.close()
    assert refused(Node(tmp_path / "empty"), "seed").startswith("STORAGE-0426:")


def test_a_bad_setting_stops_the_start_and_is_named(own_node: Node):
    own_node.env["KIOSK_PORT"] = "eight"
    line = refused(own_node, "serve")
    assert line.startswith("CONFIG-0422:")
    assert "KIOSK_PORT" in line


def test_config_lists_every_setting_with_its_meaning(own_node: Node):
    printed = own_node.run("config").stdout
    for name in (
        "KIOSK_OFFICE=kaltim",
        "KIOSK_PORT=",
        "KIOSK_HOST=",
        "KIOSK_PUBLIC_URL=",
        "KIOSK_DATA_DIR=",
        "KIOSK_DEMO=True",
        "KIOSK_RATE_LIMITS=",
    ):
        assert name in printed


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("kaltim.yaml", "zone: Asia/Makassar", "zone: [1, 2]", ["kaltim.yaml", "line", "office.zone"]),
        ("kaltim.yaml", "queues:", "queues: [", ["kaltim.yaml", "line"]),
        ("kaltim.yaml", "zone: Asia/Makassar", "zone: Asia/Makasar", ["office.zone", "Asia/Makasar"]),
        ("kaltim.yaml", "08:00", "8 pagi", ["office.hours"]),
        ("kaltim.yaml", "id: kaltim", "id: kaltym", ["office.id"]),
        ("kaltim.yaml", "queues: [A]", "queues: [X]", ["queue that is not there"]),
        ("services/kaltim-rekomendasi-penyelenggara-pameran.yaml", "\nrequirements:", "\nrequirementz:", ["pameran.yaml", "require"]),
        ("calendar/2026.csv", "2026-01-01", "1 January", ["2026.csv", "line 2"]),
    ],
)
def test_a_damaged_seed_names_file_line_and_field_and_loads_nothing(tmp_path: Path, monkeypatch, file, old, new, expected):
    from datetime import UTC, datetime

    from sqlmodel import Session, select

    from kiosk import seeds
    from kiosk.core.db import open_engine
    from kiosk.core.office import Office

    folder = tmp_path / "seeds"
    shutil.copytree(seeds.SEEDS, folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    schema.migrate(f"sqlite:///{tmp_path}/office.db")
    engine = open_engine(tmp_path / "office.db", writing=True)
    with Session(engine) as session, pytest.raises(seeds.SeedDamaged) as damaged:
        seeds.load(session, "kaltim", at=datetime.now(UTC), folder=folder)
    assert all(part in str(damaged.value) for part in expected), str(damaged.value)
    with Session(engine) as session:
        assert session.exec(select(Office)).all() == []


@pytest.mark.skipif(os.getuid() != 0, reason="a small disk of its own needs root")
def test_a_full_disk_is_a_clear_answer_and_what_was_accepted_stays(tmp_path: Path):
    folder = tmp_path / "small"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a small disk")
    node = Node(folder, env={"KIOSK_RATE_LIMITS": "off"})
    try:
        node.prepare().start()
        bearer = {"authorization": f"Bearer {node.token()}"}
        room = shutil.disk_usage(folder).free
        (folder / "filler").write_bytes(b"x" * max(0, room - 64 * 1024))
        told, full = {}, None
        for _ in range(400):
            ticket = new_id()
            answer = node.call("POST", "/api/v1/tickets", {"id": ticket, "queue": "A"}, bearer)
            if answer.status != 201:
                full = answer
                break
            told[ticket] = answer.body["number"]
        assert full is not None
        assert (full.status, full.body["code"]) == (507, "STORAGE-0507")
        (folder / "filler").unlink()
        for ticket, number in told.items():
            assert node.get(f"/api/v1/tickets/{ticket}").body["number"] == number
        assert node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer).status == 201
    finally:
        node.stop()
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_ctrl_c_ends_it_cleanly(own_node: Node):
    import signal

    own_node.start()
    assert own_node.end(signal.SIGINT) == 0
    assert "Traceback" not in (own_node.data / "node.log").read_text()


def test_the_version_is_printed(own_node: Node):
    from kiosk import __version__

    assert own_node.run("version").stdout.strip() == __version__
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text()


def test_the_command_enrols_revokes_adds_and_unlocks_while_the_node_runs(own_node: Node):
    own_node.start()
    enrolled = own_node.run("device", "enrol", "Kios 1", "--kind", "kiosk", "--token")
    token, device = enrolled.stdout.strip(), enrolled.stderr.split(" as ")[1].split(".")[0]
    bearer = {"authorization": f"Bearer {token}"}
    assert own_node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer).status == 201
    assert own_node.run("device", "revoke", device).returncode == 0
    time.sleep(2)
    refusal = own_node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, bearer)
    assert (refusal.status, refusal.body["code"]) == (401, "DEVICE-0401")
    pin = own_node.run("staff", "add", "Bu Ratna", "--role", "registration").stdout.strip()
    assert pin.isdecimal()
    account = next(one["id"] for one in own_node.get("/api/v1/staff/accounts").body if one["name"] == "Bu Ratna")
    wrong = "".join(str(9 - int(digit)) for digit in pin)
    answers = [own_node.call("POST", "/api/v1/staff/session", {"account": account, "pin": wrong}).body["code"] for _ in range(6)]
    assert answers == ["STAFF-0401"] * 5 + ["STAFF-0429"]
    assert own_node.run("staff", "unlock", "Bu Ratna").returncode == 0
    assert own_node.call("POST", "/api/v1/staff/session", {"account": account, "pin": pin}).status == 204
    assert own_node.run("staff", "unlock", "Nobody").stderr.startswith("STAFF-0404:")
    assert own_node.run("device", "enrol", "Kios 2", "--kind", "kiosk").stderr.startswith("DEVICE-0400:")


def test_a_host_or_a_port_where_nobody_can_listen_is_named(own_node: Node):
    own_node.env |= {"KIOSK_DEMO": "off", "KIOSK_HOST": "nonsense.invalid"}
    line = refused(own_node, "serve")
    assert line.startswith("CONFIG-0422:")
    assert "KIOSK_HOST" in line


def test_a_damaged_database_is_told_and_left_as_it_is(own_node: Node):
    file = own_node.data / "office.db"
    for name in ("office.db-wal", "office.db-shm"):
        (own_node.data / name).unlink(missing_ok=True)
    file.write_bytes(b"this is no database" * 500)
    for word in ("serve", "migrate", "seed"):
        assert refused(own_node, word).startswith("STORAGE-0500:"), word
    assert file.read_bytes() == b"this is no database" * 500


def test_a_corrected_holiday_replaces_the_wrong_one(tmp_path: Path):
    from datetime import UTC, datetime

    from sqlmodel import Session

    from kiosk import seeds
    from kiosk.core import office
    from kiosk.core.db import open_engine

    folder = tmp_path / "seeds"
    shutil.copytree(seeds.SEEDS, folder)
    schema.migrate(f"sqlite:///{tmp_path}/office.db")
    engine = open_engine(tmp_path / "office.db", writing=True)

    def days() -> set[str]:
        with Session(engine) as session:
            seeds.load(session, "kaltim", at=datetime.now(UTC), folder=folder)
            session.commit()
            return {day.isoformat() for day in office.holidays(session, "kaltim")}

    assert "2026-01-01" in days()
    calendar = folder / "calendar/2026.csv"
    calendar.write_text(calendar.read_text().replace("2026-01-01", "2026-01-05", 1))
    assert days() >= {"2026-01-05"}
    assert "2026-01-01" not in days()
