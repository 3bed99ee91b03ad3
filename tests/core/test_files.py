"""What the node keeps is there whole, and its owner's alone."""

import os
import stat
from pathlib import Path

import pytest

from kiosk.core import nodelock, schema
from kiosk.core.db import open_engine
from kiosk.core.files import ANYBODY, OWNER_ONLY, close_to_others, data_folder, own_folder, write_whole

FILES = ("office.db", "office.db-wal", "office.db-shm")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _usual_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize(("asked", "found"), [(OWNER_ONLY, 0o600), (ANYBODY, 0o644), (None, 0o644)])
def test_a_file_has_the_mode_that_was_asked_for(tmp_path, asked, found):
    file = tmp_path / "x"
    write_whole(file, b"1", mode=asked)
    assert (file.read_bytes(), mode(file)) == (b"1", found)
    os.umask(0o077)
    write_whole(file, b"2", mode=asked)
    assert (file.read_bytes(), mode(file)) == (b"2", 0o600 if asked is None else found)


def test_a_secret_is_at_no_moment_readable_by_others(tmp_path, monkeypatch):
    seen = []
    kept = os.fchmod
    monkeypatch.setattr(os, "fchmod", lambda handle, asked: (seen.append(stat.S_IMODE(os.fstat(handle).st_mode)), kept(handle, asked)))
    for asked in (OWNER_ONLY, ANYBODY):
        write_whole(tmp_path / "x", b"secret", mode=asked)
    assert seen == [0o600, 0o600]


@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch, where):
    file = tmp_path / "x"
    write_whole(file, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if where == "fsync" else Path, where, full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["x"]
    assert file.read_bytes() == b"old"


def test_what_a_killed_process_left_is_written_over(tmp_path):
    (tmp_path / ".x.part").write_bytes(b"half, and longer than the whole")
    (tmp_path / ".x.part").chmod(0o644)
    write_whole(tmp_path / "x", b"whole")
    assert [(one.name, one.read_bytes(), mode(one)) for one in tmp_path.iterdir()] == [("x", b"whole", 0o600)]


def test_file_and_name_are_on_the_disk_before_it_returns(tmp_path, monkeypatch):
    synced = []
    kept = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(Path(f"/proc/self/fd/{handle}").readlink().name), kept(handle)))
    write_whole(tmp_path / "x", b"1")
    assert synced == [".x.part", tmp_path.name]


def test_a_flash_drive_that_knows_no_modes_is_written_to(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError("vfat")

    monkeypatch.setattr(os, "fchmod", refuse)
    write_whole(tmp_path / "x", b"1")
    assert (tmp_path / "x").read_bytes() == b"1"


def test_a_folder_of_secrets_is_its_owner_s(tmp_path):
    (tmp_path / "keys").mkdir()
    assert mode(own_folder(tmp_path / "keys")) == mode(own_folder(tmp_path / "tls")) == 0o700


def test_the_data_folder_and_the_database_are_nobody_else_s(tmp_path):
    folder = tmp_path / "deep" / "data"
    with nodelock.take(folder):
        schema.migrate(f"sqlite:///{folder}/office.db")
        engine = open_engine(folder / "office.db", writing=True)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE one (x)")
            assert {one.name: mode(one) for one in folder.glob("office.db*")} == dict.fromkeys(
                ["office.db", "office.db-wal", "office.db-shm"], 0o600
            )
        engine.dispose()
    assert mode(folder) == 0o700


def test_what_an_older_version_left_open_is_closed_at_the_start(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(0o755)
    for name in FILES:
        (folder / name).touch(0o644)
    with nodelock.take(folder):
        open_engine(folder / "office.db").dispose()
    assert {mode(one) for one in folder.glob("office.db*")} == {0o600}
    assert mode(folder) == 0o700


def test_what_is_not_ours_stays_and_stops_nothing(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError("not yours")

    folder = tmp_path / "data"
    folder.mkdir(0o755)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert mode(data_folder(folder)) == 0o755
    with pytest.raises(PermissionError):
        own_folder(folder)


def test_a_folder_of_everybody_stays_everybody_s(tmp_path):
    everybody = tmp_path / "tmp"
    everybody.mkdir()
    everybody.chmod(0o1777)
    close_to_others(everybody)
    assert mode(everybody) == 0o1777
