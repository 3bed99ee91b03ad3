"""Files that are there whole or not at all, also after a cut of the power, and that nobody else on the machine may read."""

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNER_ONLY, ANYBODY = 0o600, 0o644
FOLDER = 0o700
OTHERS = 0o077  # what a mode gives to group and others


def write_whole(path: Path, content: bytes, *, mode: int | None = OWNER_ONLY) -> None:
    """Replace `path` at once by a file of `content`: whoever looks finds the old one or the whole new one. Durable when this returns.

    `mode`: its mode, and until it is whole its owner's alone; None: as the umask says. Its folder must be there. What a killed process
    left behind is written over by the next one, so two who write one path at once need a lock. Raises OSError: then the old file stands.
    """
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    try:
        handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY if mode is not None else 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if mode is not None:
                with suppress(PermissionError):  # a flash drive (vfat) knows no modes
                    os.fchmod(handle, mode)
            os.fsync(handle)
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name too
    finally:
        os.close(folder)


def own_folder(folder: Path) -> Path:
    """`folder`, made when it is not there, for its owner alone. Raises PermissionError when it is somebody else's."""
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER)
    folder.chmod(FOLDER)
    return folder


def data_folder(folder: Path) -> Path:
    """The data folder, made when it is not there, for its owner alone; one of an older version is closed as far as it is ours."""
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER)
    close_to_others(folder)
    return folder


def close_to_others(path: Path) -> None:
    """Take from group and others what they may do with `path`.

    What is not there, not ours, or on a disk without modes stays as it is, and so does a folder that belongs to everybody (/tmp).
    """
    with suppress(OSError):
        mode = path.stat().st_mode
        if mode & OTHERS and not mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
