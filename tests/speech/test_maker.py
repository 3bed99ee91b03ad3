"""The maker with the real espeak-ng: what it makes can be heard, once, and is whole or not there."""

import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kiosk.core.errors import Busy, StorageFull
from kiosk.core.i18n import PACKAGE
from kiosk.speech import maker as making
from kiosk.speech.clips import Clip
from kiosk.speech.errors import SpeechFailed
from kiosk.speech.maker import Maker


def fake_espeak(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another espeak-ng in front of the real one."""
    program = folder / "bin" / "espeak-ng"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


@pytest.mark.parametrize(("clip", "least", "most"), [
    (Clip("id", "Ambil nomor antrean"), 0.8, 4),
    (Clip("en", "Take a queue number"), 0.8, 4),
    (Clip("id", "A"), 0.2, 1.5),
])  # fmt: skip
def test_a_clip_is_ogg_opus_of_plausible_length_and_not_silent(tmp_path: Path, clip: Clip, least: float, most: float) -> None:
    path = Maker(tmp_path).order(clip).result()
    about = soundfile.info(path)
    wave, _ = soundfile.read(path)
    assert (about.format, about.subtype, about.channels) == ("OGG", "OPUS", 1)
    assert least < about.duration < most
    assert np.sqrt(np.mean(wave**2)) > 0.03
    assert path.stat().st_size / about.duration * 60 < 400_000  # bytes a minute; short clips carry the headers


def test_the_text_is_never_an_argument_so_it_cannot_be_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_espeak(tmp_path, f'echo "$@" >{tmp_path}/arguments; exec {shutil.which("espeak-ng")} "$@"', monkeypatch)
    assert Maker(tmp_path / "clips").order(Clip("en", "--version")).result().exists()
    assert "version" not in (tmp_path / "arguments").read_text()


def test_the_same_text_makes_no_second_file(tmp_path: Path) -> None:
    maker = Maker(tmp_path)
    first = maker.order(Clip("id", "Loket 1")).result()
    before = first.stat()
    assert maker.order(Clip("id", "Loket 1")).result() == first
    assert Maker(tmp_path).order(Clip("id", "Loket 1")).result() == first
    after = first.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_two_who_ask_at_once_get_one_making(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = making.make

    def counted(clip: Clip, target: Path) -> Path:
        made.append(clip.name)
        return real(clip, target)

    monkeypatch.setattr(making, "make", counted)
    maker = Maker(tmp_path)
    answers = [maker.order(Clip("id", "Silakan ke loket")) for _ in range(8)]
    assert len({answer.result() for answer in answers}) == 1
    assert len(made) == 1


def test_a_kill_in_the_middle_leaves_no_half_file(tmp_path: Path) -> None:
    clip = Clip("id", "Surat permohonan diajukan kepada kepala dinas. " * 4)
    target = tmp_path / clip.name
    half = target.with_suffix(".part")
    os.mkfifo(half)  # a pipe of one page holds the writer in the middle
    pipe = os.open(half, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 4096)
    command = [sys.executable, "-m", "kiosk.speech.make", "id", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=PACKAGE.parent) as child:
        assert child.stdin is not None
        child.stdin.write(clip.said.encode())
        child.stdin.close()
        select.select([pipe], [], [], 30)
        assert os.read(pipe, 4) == b"OggS"
        assert child.poll() is None
        os.kill(child.pid, signal.SIGKILL)
    os.close(pipe)
    assert not target.exists()
    maker = Maker(tmp_path)
    assert list(tmp_path.iterdir()) == []  # the half goes at the next start
    assert soundfile.info(maker.order(clip).result()).duration > 5


def test_a_failed_making_leaves_nothing_and_can_be_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = os.environ["PATH"]
    fake_espeak(tmp_path, "cat >/dev/null; exit 3", monkeypatch)
    maker = Maker(tmp_path / "clips")
    with pytest.raises(SpeechFailed):
        maker.order(Clip("id", "Loket 1")).result()
    assert list((tmp_path / "clips").iterdir()) == []
    monkeypatch.setenv("PATH", good)
    assert maker.order(Clip("id", "Loket 1")).result().exists()


def test_espeak_that_hangs_is_given_up_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_espeak(tmp_path, f"echo $$ >{tmp_path}/pid; exec sleep 600", monkeypatch)
    monkeypatch.setattr(making, "MAKE_SECONDS", 6)
    with pytest.raises(SpeechFailed):
        Maker(tmp_path / "clips").order(Clip("id", "Loket 1")).result()
    state = Path("/proc") / (tmp_path / "pid").read_text().strip() / "stat"
    while state.exists() and state.read_text().split()[2] != "Z":  # not gone, nor dead and not yet collected
        time.sleep(0.05)  # a kill takes effect in its own time; the test's own limit ends this


def test_a_full_disk_is_told_as_a_full_disk(tmp_path: Path) -> None:
    clip = Clip("id", "Loket 1")
    maker = Maker(tmp_path)
    (tmp_path / clip.name).with_suffix(".part").symlink_to("/dev/full")
    with pytest.raises(StorageFull):
        maker.order(clip).result()
    assert list(tmp_path.iterdir()) == []


def test_too_many_waiting_clips_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr(making, "MOST_WAITING", 3)
    monkeypatch.setattr(making, "make", lambda _clip, target: gate.wait() and target)
    maker = Maker(tmp_path)
    waiting = [maker.order(Clip("id", f"Loket {number}")) for number in range(3)]
    with pytest.raises(Busy):
        maker.order(Clip("id", "Loket 3"))
    assert maker.order(Clip("id", "Loket 1")) is waiting[1]
    gate.set()
    assert [answer.result().parent for answer in waiting] == [tmp_path] * 3
