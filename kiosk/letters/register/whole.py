"""Whether log, register and files still say the same."""

import hashlib
from pathlib import Path

from sqlmodel import Session, col, select

from kiosk.letters.register import files, log
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rules import ISSUED, RESERVED, REVOKED


def check(session: Session, office_id: str, data_dir: Path) -> list[tuple[int, str]]:
    """What is wrong, by position in the log (0: it stands in no line); none at all: everything is whole.

    Beside what `log.check` finds: "serial missing" (the register has a gap that it does not explain), "not finished", "file missing",
    and "file changed".
    """
    found = log.check(session, office_id)
    positions = {line.serial: line.position for line in log.lines(session, office_id)}
    expected = 1
    for row in session.exec(select(RegisterEntry).where(RegisterEntry.office_id == office_id).order_by(col(RegisterEntry.serial))):
        found += [(0, f"serial {serial} missing") for serial in range(expected, row.serial)]
        expected = row.serial + 1
        if row.state == RESERVED:
            found.append((0, f"{row.number} not finished"))
        elif row.state in (ISSUED, REVOKED) and (wrong := _file(row, data_dir)):
            found.append((positions.get(row.serial, 0), f"{row.number} {wrong}"))
    return found


def _file(row: RegisterEntry, data_dir: Path) -> str:
    path = files.path_of(data_dir, row.day, row.serial)
    try:
        with path.open("rb") as file:
            content = file.read(row.file_bytes)  # a certified signature may follow
    except FileNotFoundError:
        return "file missing"
    return "" if hashlib.sha256(content).hexdigest() == row.file_hash else "file changed"
