"""Whether an audit chain is whole: every link computed again from its event, and both lists held beside each other.

The rules of a chain: each epoch begins with number 1 and counts without gaps; the first link of all cites `GENESIS`, every other one
the link before it, over an epoch's border too. A number of an epoch may be skipped: a node may have lost one and know of it. What a
chain cannot show by itself is a cut (or a new chain) for which the head was moved along: for that somebody keeps the head elsewhere and
hands it in as `noted`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.core.audit import link_hash
from kiosk.core.audit_findings import Finding
from kiosk.core.chain import FIRST_EPOCH, GENESIS
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_

Row = Mapping[str, Any]
SAME = ("event_id", "actor", "at")
HASHED = ("office_id", "event_id", "kind", "at", "actor")
KEPT = 100  # a chain that was made up from its middle on is wrong a million times
SHORTEST_NOTE = 16  # 64 bits: nobody finds another chain for a head of which so much was noted


class BadNote(KioskError):
    """A noted head that is none."""

    code = "AUDIT-0422"
    status = 422
    sentence = N_("A noted head is written as NUMBER:HASH, with at least the first {digits} characters of the hash.")


@dataclass(frozen=True)
class Noted:
    """A head that somebody kept outside the database; `hash` may be its beginning only."""

    seq: int
    hash: str


def read_note(text: str) -> Noted:
    """A noted head from `SEQ:HASH`; spaces between its groups do not count. Raises `BadNote`.

    >>> read_note("17: 0123 4567 89AB cdef")
    Noted(seq=17, hash='0123456789abcdef')
    """
    found = re.fullmatch(rf"([0-9]{{1,12}}):([0-9a-f]{{{SHORTEST_NOTE},64}})", "".join(text.split()).lower())
    if found is None:
        raise BadNote(digits=SHORTEST_NOTE)
    return Noted(int(found[1]), found[2])


@dataclass(frozen=True)
class Standing:
    """A place in the chain."""

    epoch: int = FIRST_EPOCH
    seq: int = 0
    hash: str = GENESIS


@dataclass
class Report:
    """What was found: how many links, where the chain ends, and the first hundred of what is wrong."""

    count: int = 0
    wrong: int = 0
    first: Standing | None = None
    last: Standing = field(default_factory=Standing)
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.wrong == 0

    def add(self, code: str, epoch: Any, seq: Any, **facts: object) -> None:
        """Something is wrong at this place."""
        self.wrong += 1
        if len(self.findings) < KEPT:
            self.findings.append(Finding(code, epoch, seq, facts))


def check(
    office_id: str,
    events: Iterable[Row],
    links: Iterable[Row],
    heads: Iterable[Row],
    *,
    noted: Noted | None = None,
    countersigned: Noted | None = None,
    begin: Standing | None = None,
) -> Report:
    """Check the chain of one office. `events` (with `body` as text) and `links` come in the order of (epoch, seq); read once, not kept.

    `noted` and `countersigned` are heads that somebody else kept: a person, and the centre. `begin`: where a part of a chain starts,
    taken on trust.
    """
    report = Report(last=begin or Standing())
    asked = {code: head for code, head in (("noted", noted), ("countersigned", countersigned)) if head is not None}
    for place, here, linked in side_by_side(events, links, report):
        _check_place(report, office_id, place, here, linked)
        for code in [code for code, head in asked.items() if report.last.seq == head.seq and report.last.hash.startswith(head.hash)]:
            del asked[code]
    _check_heads(report, heads, part=begin is not None)
    for code, head in asked.items():
        report.add(code, report.last.epoch, head.seq, last=report.last.seq)
    return report


Place = tuple[int, int]


def side_by_side(events: Iterable[Row], links: Iterable[Row], report: Report) -> Iterator[tuple[Place, list[Row], list[Row]]]:
    """Events and links that stand at one place, place after place; what stands at none goes into `report`."""
    left, right = _grouped(events, report), _grouped(links, report)
    event, link = next(left, None), next(right, None)
    while event or link:
        place = min(one[0] for one in (event, link) if one)
        mine = event is not None and event[0] == place
        yours = link is not None and link[0] == place
        yield place, event[1] if event and mine else [], link[1] if link and yours else []
        event = next(left, None) if mine else event
        link = next(right, None) if yours else link


def _grouped(rows: Iterable[Row], report: Report) -> Iterator[tuple[Place, list[Row]]]:
    place: Place | None = None
    group: list[Row] = []
    for row in rows:
        epoch, seq = row["epoch"], row["seq"]
        if type(epoch) is not int or type(seq) is not int or epoch < FIRST_EPOCH or seq < 1:
            report.add("place", epoch, seq)
            continue
        if place is not None and (epoch, seq) < place:
            report.add("order", epoch, seq)
            continue
        if (epoch, seq) != place and place is not None:
            yield place, group
            group = []
        place = (epoch, seq)
        group.append(row)
    if place is not None:
        yield place, group


def _check_place(report: Report, office_id: str, place: Place, events: list[Row], links: list[Row]) -> None:
    if len(links) > 1 or len(events) > 1:
        report.add("fork", *place)
    if not events:
        report.add("no-event", *place)
    if not links:
        report.add("no-link", *place)
        return
    link = links[0]
    _check_step(report, place, link)
    for event in events:
        _check_pair(report, office_id, event, link)
    report.count += 1
    report.last = Standing(*place, str(link["hash"]))
    report.first = report.first or report.last


def _check_step(report: Report, place: Place, link: Row) -> None:
    """From the link before to this one."""
    before, (epoch, seq) = report.last, place
    if epoch != before.epoch and (epoch < before.epoch or seq != 1):
        report.add("epoch", *place, before=before.epoch)
    elif epoch == before.epoch and seq != before.seq + 1:
        report.add("gap", *place, before=before.seq)
    if link["previous_hash"] != before.hash:
        report.add("broken", *place)


def _check_pair(report: Report, office_id: str, event: Row, link: Row) -> None:
    """The event and its link: the same act, of this office, under this hash."""
    place = (link["epoch"], link["seq"])
    if event["office_id"] != office_id or link["office_id"] != office_id:
        report.add("office", *place)
    if any(event[name] != link[name] for name in SAME):
        report.add("differs", *place)
    try:
        body = json.loads(event["body"])
        # The hash covers what the text means. A second key of the same name would mean one thing here and another elsewhere.
        if json.dumps(body, ensure_ascii=False) != event["body"]:
            report.add("spelling", *place)
        facts = {**{name: event[name] for name in HASHED}, "body": body, "epoch": place[0], "seq": place[1]}
        digest = link_hash(link["previous_hash"], facts)
    except (ValueError, TypeError, AttributeError, RecursionError):
        report.add("unreadable", *place)
        return
    if digest != link["hash"]:
        report.add("edited", *place)


def _check_heads(report: Report, heads: Iterable[Row], *, part: bool) -> None:
    last, count = report.last, 0
    for head in heads:
        count += 1
        if count > 1:
            report.add("heads", head["epoch"], head["seq"])
        standing = Standing(head["epoch"], head["seq"], head["hash"])
        begun = Standing(last.epoch + 1, 0, last.hash)  # a new epoch in which nothing has happened yet
        if standing not in {last, begun}:
            report.add("cut" if _is_beyond(standing, last) else "head", standing.epoch, standing.seq, last=last.seq)
    if not count and (report.count or part):
        report.add("no-head", last.epoch, last.seq)


def _is_beyond(head: Standing, last: Standing) -> bool:
    whole = all(type(number) is int for number in (head.epoch, head.seq))
    return whole and (head.epoch, head.seq) > (last.epoch, last.seq)
