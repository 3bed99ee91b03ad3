"""The command and the files: what is whole is called whole, what is not ends with a code, and nothing is written over."""

import json
import re
import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.audit.errors import FileThere, NoSuchFile
from kiosk.audit.export import export, verify_file
from kiosk.audit.search import Days
from kiosk.core.audit_check import BadNote, Noted, read_note
from tests.audit.chain import OFFICE, Damaged, Rows, real_chain
from tests.support import Node

NOW = datetime(2026, 3, 13, tzinfo=UTC)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return real_chain(Path(tmp_path_factory.mktemp("chain")))


@pytest.fixture
def file(chain: Rows, tmp_path: Path) -> Path:
    with Damaged.of(chain).database() as session:
        export(session, OFFICE, tmp_path / "trail.jsonl", days=Days(), now=NOW)
    return tmp_path / "trail.jsonl"


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_an_export_holds_every_act_with_its_link_and_checks_by_itself(chain: Rows, file: Path):
    rows = Damaged.of(chain)
    *acts, last = lines(file)
    assert [line["event"] for line in acts] == rows.events
    assert [line["link"] for line in acts] == rows.links
    assert last["end"] == last["head"] == rows.heads[0]
    assert (last["count"], file.stat().st_mode & 0o777) == (len(acts), 0o600)
    office, report = verify_file(file, noted=Noted(rows.links[-1]["seq"], rows.links[-1]["hash"]))
    assert (office, report.whole, report.count) == (OFFICE, True, len(acts))


def test_an_export_writes_over_nothing_and_leaves_nothing_half_done(chain: Rows, file: Path):
    before = file.read_bytes()
    with Damaged.of(chain).database() as session, pytest.raises(FileThere):
        export(session, OFFICE, file, days=Days(), now=NOW)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    with pytest.raises(NoSuchFile):
        verify_file(file.with_name("gone"))


def test_some_days_are_a_part_that_can_be_checked(chain: Rows, tmp_path: Path):
    office = {"office_id": OFFICE, "name": "", "short_name": "", "region": "", "zone": "Asia/Makassar"}
    with Damaged.of(chain).database() as session:
        names = "office_id, name, short_name, region, zone, hours, hours_text, motto, digest"
        session.connection().exec_driver_sql(f"CREATE TABLE office ({names})")
        session.connection().exec_driver_sql(f"INSERT INTO office ({', '.join(office)}) VALUES (?, ?, ?, ?, ?)", tuple(office.values()))
        count = export(session, OFFICE, tmp_path / "day", days=Days(date(2026, 3, 11), date(2026, 3, 11)), now=NOW)
        none = export(session, OFFICE, tmp_path / "none", days=Days(date(2027, 1, 1)), now=NOW)
    assert 0 < count == verify_file(tmp_path / "day")[1].count
    assert verify_file(tmp_path / "day")[1].whole
    assert (none, verify_file(tmp_path / "none")[1].whole) == (0, True)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda kept: kept[:-1], "no-head"),
        (lambda kept: kept[:5] + kept[6:], "gap"),
        (lambda kept: [*kept[:-2], kept[-1]], "cut"),
        (lambda kept: [line.replace("staff:a1", "staff:a2") for line in kept], "edited"),
        (lambda kept: [*kept[:5], "}{", *kept[6:]], "line"),
        (lambda kept: [*kept[:5], '{"event": [], "link": 7}', *kept[6:]], "line"),
        (lambda kept: [*kept, kept[3]], "line"),
        (lambda kept: [*kept[:5], kept[3], *kept[5:]], "order"),
        (lambda kept: [line.replace(OFFICE, "rohil", 1) for line in kept], "office"),
        (lambda kept: ["", "nothing"], "no-head"),
    ],
)
def test_an_export_that_was_changed_is_found(file: Path, change, code: str):
    kept = file.read_text().splitlines()
    changed = change(kept)
    file.write_text("\n".join(changed) + "\n")
    report = verify_file(file)[1]
    assert code in {finding.code for finding in report.findings}
    assert not report.whole


@pytest.mark.parametrize("note", ["", "17", "17:", "17:abc", "x:0123456789abcdef", "17:0123456789abcdeg", "-1:0123456789abcdef"])
def test_a_noted_head_that_is_none_is_said_so(note: str):
    with pytest.raises(BadNote):
        read_note(note)


def test_the_command_checks_while_the_node_runs_and_sees_a_change(tmp_path: Path):
    node = Node(tmp_path / "data").prepare().start()
    try:
        node.sign_in("admin")
        done = node.run("audit", "verify")
        assert (done.returncode, "The chain is whole" in done.stdout) == (0, True), done.stderr
        noted = re.search(r"head: (\S+)", done.stdout)[1]
        assert node.run("audit", "export", str(tmp_path / "out.jsonl")).returncode == 0
        assert node.run("audit", "export", str(tmp_path / "out.jsonl")).stderr.startswith("AUDIT-0409")
    finally:
        node.stop()
    assert node.run("audit", "verify", "--head", noted).returncode == 0
    assert node.run("audit", "verify", "--file", str(tmp_path / "out.jsonl"), "--head", noted).returncode == 0
    shutil.copytree(node.data, tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy/office.db") as database:
        database.execute("UPDATE outbox_event SET actor = 'cli' WHERE kind = 'staff.signed_in'")
    wrong = Node(tmp_path / "copy").run("audit", "verify")
    assert (wrong.returncode, "AUDIT-0500" in wrong.stderr, "edited 1." in wrong.stderr) == (1, True, True)
    empty = Node(tmp_path / "nothing").run("audit", "verify")
    assert (empty.returncode, empty.stderr[:12]) == (1, "STORAGE-0426")
    assert not (tmp_path / "nothing/office.db").exists()
