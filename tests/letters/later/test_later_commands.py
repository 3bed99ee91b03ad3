"""The commands on a real node's folder: what waits, a timestamp, and the letters that stay good."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.signer_stand_in import StandIn
from kiosk.core.config import BadSetting, read_settings
from tests.letters.later.tsa import Tsa, served
from tests.support import Node


def test_a_timestamp_is_taken_and_its_letters_are_established(tmp_path: Path):
    tsa, node = Tsa(tmp_path / "tsa"), Node(tmp_path / "data").prepare()
    assert "LETTER-1401" in node.run("letters", "timestamp").stderr
    key = node.run("letters", "log").stdout.split()[2]
    never = node.run("letters", "established", "--key", key, "--before", "2099-01-01T00:00", "--out", str(tmp_path / "none.bin"))
    assert "LETTER-1408" in never.stderr, "an office without an authority is told so, not that a setting is wrong"
    with served(tsa) as address:
        node.env |= {"KIOSK_TIMESTAMP_URL": address, "KIOSK_TIMESTAMP_CA": str(tsa.ca)}
        assert "Penanda waktu uji" in node.run("letters", "timestamp").stdout
        assert "already" in node.run("letters", "timestamp").stdout
    position, _, key, *_ = node.run("letters", "log").stdout.splitlines()[-1].split()
    out, soon = tmp_path / "kept.bin", (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    done = node.run("letters", "established", "--key", key, "--before", soon, "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert f"{position} letters stay good" in done.stdout
    assert len(out.read_bytes()) == 16 * int(position)
    wrong = ((key, "2020-01-01T00:00", "LETTER-1408"), (key, "yesterday", "LETTER-1423"), (key[::-1], soon, "LETTER-1411"))
    for of, moment, code in wrong:
        assert code in node.run("letters", "established", "--key", of, "--before", moment, "--out", str(out)).stderr


def test_the_queue_shows_what_waits_and_why_and_a_running_node_empties_it(tmp_path: Path):
    signer, node = StandIn(tmp_path / "signer"), Node(tmp_path / "data").prepare()
    assert "LETTER-1400" in node.run("letters", "queue").stderr
    threading.Thread(target=signer.serve_forever, args=(0.02,), daemon=True).start()
    node.env |= {"KIOSK_SIGNER_URL": signer.address, "KIOSK_SIGNER_CERTIFICATE": str(signer.certificate)}
    signer.answer = 403
    node.start()
    try:
        until(lambda: "1 of them for a person" in node.run("letters", "queue").stderr)
        shown = node.run("letters", "queue").stdout.splitlines()
        assert len(shown) == 1, "of the two letters of the demonstration one is revoked"
        assert all(line.startswith("! ") and "LETTER-1502" in line and "403" in line for line in shown)
        signer.answer = None
        assert "1 will be tried" in node.run("letters", "retry").stdout
        until(lambda: "0 wait" in node.run("letters", "queue").stderr)
    finally:
        node.stop()
        signer.shutdown()
        signer.server_close()
    assert signer.signed == 1
    assert len(list((node.data / "letters").glob("*/*-tersertifikasi.pdf"))) == 1
    assert "LETTER-1406" in node.run("letters", "retry", "503/none").stderr


def until(is_so) -> None:
    for _ in range(25):
        if is_so():
            return
    raise AssertionError("it did not happen")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KIOSK_SIGNER_URL", "http://signer.example"), ("KIOSK_SIGNER_URL", "ftp://x"), ("KIOSK_SIGNER_URL", "https://"),
        ("KIOSK_SIGNER_URL", "https://signer.example"), ("KIOSK_TIMESTAMP_URL", "file:///x"), ("KIOSK_TIMESTAMP_URL", "http://tsa.example"),
    ],
)  # fmt: skip
def test_an_address_that_is_not_secure_or_whose_signer_nobody_named_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    """The last of each kind is right by itself, and no certificate stands beside it."""
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting):
        read_settings()
    if "example" in value and (value.startswith("https") or "TIMESTAMP" in name):
        monkeypatch.setenv("KIOSK_SIGNER_CERTIFICATE", "a.pem")
        monkeypatch.setenv("KIOSK_TIMESTAMP_CA", "a.pem")
        assert read_settings().signer_url or read_settings().timestamp_url
