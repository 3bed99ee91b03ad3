"""`python -m tests.clocked` is the `kiosk` command on a computer whose clock the test holds: it shows what the file TEST_CLOCK says.

The rules are the product's own; what is replaced is the office computer's clock, as a dead battery or an attacker would.
"""

import os
from datetime import datetime, tzinfo
from pathlib import Path

from kiosk.core import clock


class Held(datetime):
    """The class `datetime` with another idea of now."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.fromisoformat(Path(os.environ["TEST_CLOCK"]).read_text()).astimezone(tz)


if __name__ == "__main__":  # never in the process of the tests
    clock.datetime = Held  # type: ignore[misc]
    from kiosk.cli import main

    main()
