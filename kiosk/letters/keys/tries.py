"""Wrong PINs of a token, counted here: it counts them too, and locks itself for good after a few.

The count stands in a file, one digit: it holds for the node and for commands alike, and over restarts. It rises before the token is
asked, so that a try that was cut off counts as a wrong one.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.core.files import OWNER_ONLY, own_folder
from kiosk.letters.keys.errors import PinSpared, WrongPin

MOST_WRONG = 2  # smart cards often lock themselves at the third; other tokens at the tenth or later, and few say when


def file_of(folder: Path, label: str) -> Path:
    """Where the wrong tries at the token `label` are counted; without it there was none."""
    return folder / f"token-{hashlib.sha256(label.encode()).hexdigest()[:16]}.tries"


@contextmanager
def one_try(folder: Path, label: str) -> Iterator[None]:
    """A try at the token's PIN, nobody else's meanwhile. A `WrongPin` from inside counts; the right PIN begins anew. Raises `PinSpared`."""
    file = file_of(folder, label)
    own_folder(folder)
    kept = os.open(file, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        fcntl.flock(kept, fcntl.LOCK_EX)
        told = os.pread(kept, 1, 0) or b"0"
        wrong = int(told) if told.isdigit() else MOST_WRONG  # a damaged count may hide any number
        if wrong >= MOST_WRONG:
            raise PinSpared(token=label, file=file.name)
        _keep(kept, wrong + 1)
        try:
            yield
        except WrongPin:
            raise
        except BaseException:
            _keep(kept, wrong)  # the PIN was not judged
            raise
        _keep(kept, 0)
    finally:
        os.close(kept)


def _keep(kept: int, wrong: int) -> None:
    os.pwrite(kept, str(wrong).encode(), 0)
    os.fsync(kept)
