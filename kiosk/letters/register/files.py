"""Where the letters lie: `<data folder>/letters/<year>/<serial>.pdf`, each written whole or not at all."""

import os
from datetime import date
from pathlib import Path

from kiosk.letters.register.errors import FileGone


def path_of(data_dir: Path, day: str, serial: int) -> Path:
    """The file of the letter `serial` that bears the date `day` (YYYY-MM-DD)."""
    return data_dir / "letters" / str(date.fromisoformat(day).year) / f"{serial:06d}.pdf"


def has(data_dir: Path, serial: int) -> bool:
    """Whether a letter with this serial lies here, of whatever year."""
    return any((data_dir / "letters").glob(f"*/{serial:06d}.pdf"))


def keep(path: Path, content: bytes) -> None:
    """Write the file so that it is there whole after a cut of the power, readable by the node's user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name too
    finally:
        os.close(folder)


def read(path: Path) -> bytes:
    """The file. Raises `FileGone`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileGone() from None
