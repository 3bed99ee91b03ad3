"""Where the letters lie: `<data folder>/letters/<year>/<serial>.pdf`, each written whole or not at all."""

from datetime import date
from pathlib import Path

from kiosk.core.files import FOLDER, write_whole
from kiosk.letters.register.errors import FileGone


def path_of(data_dir: Path, day: str, serial: int) -> Path:
    """The file of the letter `serial` that bears the date `day` (YYYY-MM-DD)."""
    return data_dir / "letters" / str(date.fromisoformat(day).year) / f"{serial:06d}.pdf"


def has(data_dir: Path, serial: int) -> bool:
    """Whether a letter with this serial lies here, of whatever year."""
    return any((data_dir / "letters").glob(f"*/{serial:06d}.pdf"))


def keep(path: Path, content: bytes) -> None:
    """Write the file so that it is there whole after a cut of the power, readable by the node's user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER)
    write_whole(path, content)


def read(path: Path) -> bytes:
    """The file. Raises `FileGone`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileGone() from None
