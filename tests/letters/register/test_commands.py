"""`kiosk letters` as an office uses it: one letter, many, a batch that was killed, the log."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.core.db import open_engine
from kiosk.letters.register import batch
from kiosk.letters.register.errors import DataWrong
from tests.letters.register.registry import SERVICE
from tests.support import Node

KEY = {"KIOSK_KEY_PASSPHRASE": "demonstrasi"}
DEMO = 2  # letters that the seed makes


pytestmark = pytest.mark.timeout(600)  # each command is a process of its own


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return Node(tmp_path / "data", env=dict(KEY)).prepare()


def words(name: str, **changes: object) -> dict:
    return {
        "template": "receipt",
        "service": SERVICE,
        "recipient": {"name": name, "address": None},
        "subject": "Tanda terima berkas",
        "body": ["Berkas diterima lengkap."],
        "signatory": {"name": "Rahmawati", "title": "Kepala Dinas"},
        **changes,
    }


def folder_of(place: Path, count: int) -> Path:
    place.mkdir()
    for number in range(count):
        (place / f"surat-{number:03d}.json").write_text(json.dumps(words(f"Pemohon {number}")))
    return place


def done(result: subprocess.CompletedProcess[str]) -> list[str]:
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def states(node: Node) -> list[tuple[int, str | None, str]]:
    engine = open_engine(node.data / "office.db")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT serial, number, state FROM letter ORDER BY serial").all()
    engine.dispose()
    return [tuple(row) for row in rows]


def test_one_letter_is_issued_listed_and_revoked(node: Node, tmp_path: Path):
    (tmp_path / "letter.json").write_text(json.dumps(words("Maria Ulfah")))
    (line,) = done(node.run("letters", "issue", "--data", str(tmp_path / "letter.json"), "--out", str(tmp_path / "letter.pdf")))
    number = line.split("\t")[0]
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert "Maria Ulfah" in done(node.run("letters", "list", "--words", "maria"))[0]
    done(node.run("letters", "revoke", number, "--reason", "error"))
    again = node.run("letters", "revoke", number, "--reason", "error")
    assert again.stderr.startswith("LETTER-0410")
    assert "revoked" in done(node.run("letters", "list", "--words", number))[0]
    assert done(node.run("letters", "log", "--check"))[0].startswith("whole: 3 letters")
    assert done(node.run("letters", "finish")) == ["every letter is finished"]


def test_a_passphrase_is_never_an_argument_and_a_wrong_one_issues_nothing(node: Node, tmp_path: Path):
    (tmp_path / "letter.json").write_text(json.dumps(words("Maria Ulfah")))
    issue = ("letters", "issue", "--data", str(tmp_path / "letter.json"), "--out", str(tmp_path / "letter.pdf"))
    assert node.run(*issue, "--passphrase", "demonstrasi").returncode == 2
    node.env["KIOSK_KEY_PASSPHRASE"] = "salah sekali saja"
    assert node.run(*issue).stderr.startswith("KEY-0401")
    assert len(states(node)) == DEMO


def test_a_batch_is_refused_whole_when_one_of_it_is_wrong(node: Node, tmp_path: Path):
    lines = [json.dumps(words("A")), json.dumps(words("")), "{", json.dumps(words("B"))]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    refused = node.run("letters", "issue", "--data", str(tmp_path / "many.jsonl"), "--out", str(tmp_path))
    assert refused.stderr.startswith("LETTER-0431")
    assert "many.jsonl line 2" in refused.stderr
    assert "many.jsonl line 3" in refused.stderr
    assert len(states(node)) == DEMO


@pytest.mark.parametrize("empty", ["many.jsonl", "folder"])
def test_a_batch_without_a_letter_is_told_so(tmp_path: Path, empty: str):
    (tmp_path / "many.jsonl").write_text("\n\n")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataWrong, match=r"is no letter: no .* in it\."):
        batch.read(tmp_path / empty, tmp_path)


def test_a_batch_has_its_bar_on_one_stream_and_its_numbers_on_the_other(node: Node, tmp_path: Path):
    """The numbers come behind the bar; on a terminal they would else be written into its line."""
    data = folder_of(tmp_path / "in", 2)
    issued = node.run("letters", "issue", "--data", str(data), "--out", str(tmp_path))
    assert "Letters" in issued.stderr
    assert [Path(line.split("\t")[1]).is_file() for line in done(issued)] == [True, True]


def test_what_was_issued_before_a_fault_is_told_all_the_same(node: Node, tmp_path: Path):
    data, out = folder_of(tmp_path / "in", 2), tmp_path / "out"
    second = sorted(data.glob("*.json"))[1]
    (out / f"{second.stem}.pdf").mkdir(parents=True)  # where the second PDF should go
    stopped = node.run("letters", "issue", "--data", str(data), "--out", str(out))
    assert stopped.returncode == 1
    assert len(stopped.stdout.splitlines()) == 1


def test_a_batch_that_is_killed_anywhere_loses_and_doubles_nothing(node: Node, tmp_path: Path):
    count, out = 8, tmp_path / "out"
    data = folder_of(tmp_path / "in", count)
    out.mkdir()
    command = [sys.executable, "-m", "kiosk", "letters", "issue", "--data", str(data), "--out", str(out)]
    for _ in range(2):
        before = len(states(node))
        running = subprocess.Popen(command, cwd=node.folder, env=node.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        late = time.monotonic() + 60
        while len(states(node)) == before and running.poll() is None and time.monotonic() < late:
            time.sleep(0.005)
        time.sleep(random.random() * 0.25)
        running.send_signal(signal.SIGKILL)
        running.wait(10)
    assert {state for _, _, state in states(node)} <= {"issued", "revoked", "reserved"}
    done(node.run("letters", "finish"))
    issued = done(node.run(*command[3:]))
    assert len(issued) == count
    found = states(node)
    assert [serial for serial, _, _ in found] == list(range(1, DEMO + count + 1))
    assert len({number for _, number, _ in found}) == DEMO + count
    assert {state for _, _, state in found[DEMO:]} == {"issued"}
    assert done(node.run("letters", "log", "--check"))[0].startswith(f"whole: {DEMO + count} letters")
    by_number = dict(line.split("\t") for line in issued)
    for serial, number, _ in found[DEMO:]:
        assert Path(by_number[str(number)]).read_bytes() == next((node.data / "letters").glob(f"*/{serial:06d}.pdf")).read_bytes()
    assert not list(out.glob(".*.part"))
