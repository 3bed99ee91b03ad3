"""The process that reads one file of a stranger: bytes on stdin, one line of JSON on stdout, and it ends.

It is started with an empty environment, loads its libraries, and then locks itself in (`sandbox`) before it says that it is ready.
With the word `picture` it loads what pictures need alone: large ones leave no room for more.
"""

import os
import sys
from pathlib import Path

from kiosk.letters.checking import pictures, reach, reading, sandbox
from kiosk.letters.checking.errors import Unreadable
from kiosk.letters.checking.facts import ONLY_PICTURES, READY, Facts
from kiosk.letters.checking.kind import kind_of
from kiosk.letters.checking.limits import DATA_BYTES, DATA_BYTES_FOR_PICTURES, MOST_BYTES


def main() -> None:
    """Read stdin, answer on stdout."""
    only_pictures = ONLY_PICTURES in sys.argv
    if not only_pictures:
        from kiosk.letters.checking import documents

        documents.prepare()
    narrowed = reach.narrow(reach.own_files())
    guarded = sandbox.enter(DATA_BYTES_FOR_PICTURES if only_pictures else DATA_BYTES)
    os.write(sys.stdout.fileno(), READY)
    facts = told(sys.stdin.buffer.read(MOST_BYTES + 1))
    own = {"guarded": guarded, "narrowed": narrowed, "peak_kb": _peak_kb()}
    sys.stdout.write(facts.model_copy(update=own).model_dump_json() + "\n")
    sys.stdout.flush()
    os._exit(0)  # tidying up would take longer than the reading


def told(data: bytes) -> Facts:
    """What `data` is and shows."""
    kind = kind_of(data)
    try:
        if len(data) > MOST_BYTES:
            raise Unreadable("too_large")
        if kind is None:
            raise Unreadable("broken_picture")
        if kind == "pdf":
            from kiosk.letters.checking import documents

            return documents.told(data)
        codes = reading.sort(reading.texts_of(pictures.grey(data, kind)))
        return Facts(letters=codes.letters, foreign=codes.foreign)
    except Unreadable as fault:
        return Facts.model_validate({"unreadable": fault.reason})
    except MemoryError:
        return Facts(unreadable="reading_took_too_long" if kind == "pdf" else "too_many_pixels")


def _peak_kb() -> int:
    """The most memory that this program had resident. Not ru_maxrss: that begins with what the parent had when it started this one."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    main()
