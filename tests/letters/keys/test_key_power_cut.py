"""The power goes while the root signs or a key is written: there is the old file or the new one, never half of one."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.letters.keys import root, sealed
from kiosk.letters.keys.files import Kept
from tests.letters.keys.machines import NOW, WORDS
from tests.support import ROOT

SIGNS = """
import sys
from datetime import timedelta
from pathlib import Path
from kiosk.letters.keys import root
from tests.letters.keys.machines import NOW, WORDS
opened = root.open_root(Path(sys.argv[1]), WORDS, demonstration=True)
print("ready", flush=True)
while True:
    opened = root.publish(opened, opened.content, now=NOW)
"""
WRITES = """
import sys
from pathlib import Path
from cryptography.hazmat.primitives.asymmetric import ec
from kiosk.letters.keys import sealed
from kiosk.core.files import write_whole
from tests.letters.keys.machines import WORDS
key = ec.generate_private_key(ec.SECP256R1())
print("ready", flush=True)
while True:
    write_whole(Path(sys.argv[1]), sealed.seal(key, WORDS, rounds=1))
"""


def cut(program: str, target: Path, seconds: float) -> None:
    """Run `program` and kill it as a power cut would."""
    child = subprocess.Popen([sys.executable, "-c", program, str(target)], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.wait(20)


@pytest.mark.parametrize("seed", range(4))
def test_the_roots_list_is_whole_and_goes_on(tmp_path: Path, seed: int):
    root.make(tmp_path, office="kaltim", name="Kantor", passphrase=WORDS, now=NOW, rounds=1)
    cut(SIGNS, tmp_path, random.Random(seed).uniform(0.01, 0.3))
    opened = root.open_root(tmp_path, WORDS, demonstration=True)
    assert root.publish(opened, opened.content, now=NOW).content.sequence == opened.content.sequence + 1


@pytest.mark.parametrize("seed", range(4))
def test_a_key_is_whole(tmp_path: Path, seed: int):
    file = tmp_path / "letters-0123456789abcdef.p12"
    cut(WRITES, file, random.Random(seed).uniform(0.0, 0.2))
    if file.exists():
        assert sealed.unseal(file.read_bytes(), WORDS, file="f")
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_root_whose_making_was_cut_off_is_none_and_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    kept = root.write_whole

    def cut_before_the_key(path: Path, content: bytes, **more: int) -> None:
        if path.suffix == ".p12":
            raise KeyboardInterrupt
        kept(path, content, **more)

    monkeypatch.setattr(root, "write_whole", cut_before_the_key)
    facts = {"office": "kaltim", "name": "Kantor", "passphrase": WORDS, "now": NOW, "rounds": 1}
    with pytest.raises(KeyboardInterrupt):
        root.make(tmp_path, **facts)
    with pytest.raises(root.RootMissing):
        root.open_root(tmp_path, WORDS, demonstration=True)
    monkeypatch.setattr(root, "write_whole", kept)
    made = root.make(tmp_path, **facts)
    assert root.open_root(tmp_path, WORDS, demonstration=True).root == made


def test_what_a_cut_leaves_behind_is_taken_for_no_key():
    assert Kept(Path("letters-0123456789abcdef.p12")).purpose == "letters"
    from kiosk.letters.keys.files import kept

    assert kept(Path("/nowhere")) == []
