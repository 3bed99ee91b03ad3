"""The trail as a file, for whoever must read it without the node: JSON Lines, one act with its link a line, the end last.

```
{"event": {... as in the outbox, "body" as text ...}, "link": {...}}
{"end": {"office_id", "epoch", "seq", "hash"}, "head": {...}, "count": 2, "exported_at": "..."}
```
`end` is where the file ends, `head` where the chain stood. A file of some days begins in the middle of the chain: its first
link's word for the one before is then taken on trust.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session

from kiosk.audit.errors import FileThere, NoSuchFile
from kiosk.audit.search import Days, Place
from kiosk.audit.service import heads, read
from kiosk.core import office as offices
from kiosk.core.audit import LINKS
from kiosk.core.audit_check import Noted, Report, Row, Standing, check, side_by_side
from kiosk.core.clock import stored
from kiosk.sync.outbox import EVENTS


def export(session: Session, office_id: str, file: Path, *, days: Days, now: datetime) -> int:
    """Write the office's trail to `file`, whole or not at all. Returns the number of lines with acts.

    Days take every link between their first and last act, so that the part can be checked. Raises `FileThere`.
    """
    if file.exists():
        raise FileThere(file=file)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
            count = _write(out, session, office_id, _span(session, office_id, days), now)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            raise FileThere(file=file)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _write(out: Any, session: Session, office_id: str, span: tuple[Place, Place] | None, now: datetime) -> int:
    count, end = 0, dict.fromkeys(("epoch", "seq", "hash"))
    parts = side_by_side(read(session, EVENTS, office_id), read(session, LINKS, office_id), Report())
    for place, events, links in parts:
        if span is not None and not span[0] <= place <= span[1]:
            continue
        for event, link in zip_longest(events, links):
            _line(out, {"event": event and dict(event), "link": link and dict(link)})
            count += 1
        end = {name: links[0][name] for name in end} if links else end
    head = [dict(one) for one in heads(session, office_id)]
    last = {"end": {"office_id": office_id, **end}, "head": head[0] if head else None, "count": count, "exported_at": stored(now)}
    _line(out, last)
    return count


def _line(out: Any, value: dict[str, Any]) -> None:
    out.write(json.dumps(value) + "\n")  # ASCII: some readers take U+2028 inside a text for the end of a line


def _span(session: Session, office_id: str, days: Days) -> tuple[Place, Place] | None:
    """First and last place of what happened on these days; None: everything. A clock set back leaves no hole: places count."""
    if days.first is None and days.last is None:
        return None
    columns = EVENTS.c
    wanted = [columns.office_id == office_id, *days.within(offices.get(session, office_id).zone)]
    found = select(columns.epoch, columns.seq).where(and_(*wanted)).limit(1)
    first = session.connection().execute(found.order_by(columns.epoch, columns.seq)).first()
    last = session.connection().execute(found.order_by(columns.epoch.desc(), columns.seq.desc())).first()
    return ((first[0], first[1]), (last[0], last[1])) if first and last else ((0, 0), (0, 0))


def verify_file(file: Path, *, noted: Noted | None = None) -> tuple[str, Report]:
    """Check an export by itself. Returns the office that it names, and what was found. Raises `NoSuchFile`."""
    if not file.is_file():
        raise NoSuchFile(file=file)
    first = next((line["link"] for _, line in _lines(file) if line.get("link")), None)
    end = next((line["end"] for _, line in _lines(file) if "end" in line), None)
    office_id = str((end or first or {}).get("office_id", ""))
    ends = [end] if end and end.get("seq") is not None else []
    report = check(office_id, _parts(file, "event"), _parts(file, "link"), ends, noted=noted, begin=_begin(first) if first else None)
    if end is None and not report.count:
        report.add("no-head", 0, 0)
    for number in _wrong_lines(file):
        report.add("line", 0, number)
    return office_id, report


def _begin(first: Row) -> Standing | None:
    """Where a part of the chain starts; None for one that starts at the beginning, which has a rule of its own."""
    epoch, seq = first["epoch"], first["seq"]
    if type(epoch) is not int or type(seq) is not int or (epoch, seq) == (1, 1):
        return None
    return Standing(epoch, seq - 1, first["previous_hash"]) if seq > 1 else Standing(epoch - 1, 0, first["previous_hash"])


EVENT_KEYS, LINK_KEYS = frozenset(EVENTS.c.keys()), frozenset(LINKS.c.keys())
KEYS = {"event": EVENT_KEYS, "link": LINK_KEYS}


def _parts(file: Path, name: str) -> Iterator[Row]:
    return (line[name] for _, line in _lines(file) if line.get(name))


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines that are lines of an export, with their numbers."""
    return ((number, line) for number, line in _all_lines(file) if line is not None)


def _wrong_lines(file: Path) -> Iterable[int]:
    ended = False
    for number, line in _all_lines(file):
        if line is None or ended:
            yield number
        ended = ended or (line is not None and "end" in line)


def _all_lines(file: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    with file.open(encoding="utf-8", errors="replace") as opened:
        for number, text in enumerate(opened, 1):
            try:
                line = json.loads(text)
            except (ValueError, RecursionError):
                line = None
            yield number, line if _is_line(line) else None


def _is_line(line: Any) -> bool:
    if not isinstance(line, dict):
        return False
    if "end" in line:
        return isinstance(line["end"], dict)
    parts = {name: line.get(name) for name in KEYS}
    return any(parts.values()) and all(
        part is None or (isinstance(part, dict) and part.keys() == KEYS[name]) for name, part in parts.items()
    )
