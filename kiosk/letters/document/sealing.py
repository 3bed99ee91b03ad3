"""The seal of a letter: PAdES B-B over the drawn file."""

from datetime import datetime

from kiosk.letters.keys.opening import OpenedKey


def seal(pdf: bytes, key: OpenedKey, at: datetime) -> bytes:
    """`pdf` with a certifying signature of `key`, which claims the time `at`."""
    raise NotImplementedError
