"""Ways to damage a chain. Each takes the rows and a source of chance, changes the rows, and gives the head that somebody noted
before, or None where the chain must show it alone."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from kiosk.core.audit import link_hash
from kiosk.core.audit_check import HASHED, Noted
from kiosk.core.ids import new_id
from tests.audit.chain import OFFICE, Damaged

Damage = Callable[[Damaged, Random], Noted | None]


def noted_head(rows: Damaged) -> Noted:
    return Noted(rows.links[-1]["seq"], rows.links[-1]["hash"][:16])


def _other_value(value: Any, chance: Random) -> Any:
    if isinstance(value, int):
        return chance.choice([value + 1, value - 1, value + 1000, -value, 0, str(value), None, float(value) + 0.5])
    at = chance.randrange(len(value))
    letter = chance.choice([sign for sign in 'abcdef0123456789 "{}\\' if sign != value[at]])
    return chance.choice([value[:at] + letter + value[at + 1 :], value[:at] + value[at + 1 :], value + " ", "", None, value.encode()])


def edit_event(rows: Damaged, chance: Random) -> None:
    row = chance.choice(rows.events)
    name = chance.choice(sorted(row))
    row[name] = _other_value(row[name], chance)


def edit_link(rows: Damaged, chance: Random) -> None:
    row = chance.choice(rows.links)
    name = chance.choice(sorted(row))
    row[name] = _other_value(row[name], chance)


def edit_head(rows: Damaged, chance: Random) -> None:
    name = chance.choice(sorted(rows.heads[0]))
    rows.heads[0][name] = _other_value(rows.heads[0][name], chance)


def edit_meaning(rows: Damaged, chance: Random) -> None:
    """A body that says something else, correctly spelled; or the same thing with a second key for other readers."""
    row = chance.choice(rows.events)
    body = json.loads(row["body"])
    if chance.random() < 0.5:
        row["body"] = json.dumps({**body, chance.choice(list(body)): "else"}, ensure_ascii=False)
    else:
        row["body"] = '{"number": "Z-001", ' + row["body"][1:] if "number" in body else row["body"].replace("{", '{"count": 7, ', 1)


def edit_both(rows: Damaged, chance: Random) -> None:
    """The same lie in the event and in its link."""
    number = chance.randrange(len(rows.links))
    name = chance.choice(["actor", "at", "event_id"])
    rows.events[number][name] = rows.links[number][name] = "staff:else@here"


def edit_and_rehash(rows: Damaged, chance: Random) -> None:
    """A lie with a fitting hash of its own: the next link, or the head, still cites the old one."""
    number = chance.randrange(len(rows.links))
    rows.events[number]["kind"] += ".x"
    _rehash(rows, number)


def delete_event(rows: Damaged, chance: Random) -> None:
    del rows.events[chance.randrange(len(rows.events))]


def delete_link(rows: Damaged, chance: Random) -> None:
    del rows.links[chance.randrange(len(rows.links))]


def delete_both(rows: Damaged, chance: Random) -> None:
    first = chance.randrange(len(rows.links))
    last = min(len(rows.links), first + chance.randrange(1, 6))
    del rows.links[first:last], rows.events[first:last]


def delete_and_close(rows: Damaged, chance: Random) -> None:
    """Take an act out and number what follows anew, with the old hashes."""
    number = chance.randrange(len(rows.links) - 1)
    _renumber(rows, number, -1)
    del rows.links[number], rows.events[number]


def cut(rows: Damaged, chance: Random) -> None:
    left = chance.randrange(len(rows.links))
    del rows.links[left:], rows.events[left:]


def cut_with_head(rows: Damaged, chance: Random) -> Noted:
    noted = noted_head(rows)
    left = chance.randrange(len(rows.links))
    del rows.links[left:], rows.events[left:]
    _move_head(rows)
    return noted


def forget_all(rows: Damaged, chance: Random) -> Noted:
    noted = noted_head(rows)
    rows.links.clear(), rows.events.clear(), rows.heads.clear()
    return noted


def no_head(rows: Damaged, chance: Random) -> None:
    rows.heads.clear()


def swap(rows: Damaged, chance: Random) -> None:
    one, two = chance.sample(range(len(rows.links)), 2)
    part = chance.choice([rows.events, rows.links])
    for name in ("epoch", "seq") if chance.random() < 0.7 else ("kind", "body") if part is rows.events else ("hash", "previous_hash"):
        part[one][name], part[two][name] = part[two][name], part[one][name]


def insert(rows: Damaged, chance: Random) -> None:
    """One act more, with a hash that fits the link before it, and the rest moved up."""
    number = chance.randrange(len(rows.links))
    event, link = dict(rows.events[number]), dict(rows.links[number])
    event["event_id"] = link["event_id"] = new_id()
    _renumber(rows, number, +1)
    rows.events.insert(number, event), rows.links.insert(number, link)
    _rehash(rows, number)


def append_beyond(rows: Damaged, chance: Random) -> None:
    """One act more at the end, and the head not moved."""
    event, link = dict(rows.events[-1]), dict(rows.links[-1])
    event["event_id"] = link["event_id"] = new_id()
    event["seq"] = link["seq"] = link["seq"] + 1
    link["previous_hash"] = rows.links[-1]["hash"]
    rows.events.append(event), rows.links.append(link)
    _rehash(rows, len(rows.links) - 1)


def fork(rows: Damaged, chance: Random) -> None:
    """A second link after the same one before, with or without an act of its own."""
    number = chance.randrange(len(rows.links))
    event, link = dict(rows.events[number]), dict(rows.links[number])
    event["event_id"] = link["event_id"] = new_id()
    if chance.random() < 0.7:
        rows.events.append(event)
    rows.links.append(link)


def second_head(rows: Damaged, chance: Random) -> None:
    link = chance.choice(rows.links)
    rows.heads.append({name: link[name] for name in rows.heads[0]})


def renumber(rows: Damaged, chance: Random) -> None:
    _renumber(rows, chance.randrange(len(rows.links)), chance.choice([-2, -1, 1, 2, 50]))


def new_epoch(rows: Damaged, chance: Random) -> None:
    number = chance.randrange(len(rows.links))
    by = chance.choice([-1, 1, 2, 7])
    for part in (rows.events, rows.links):
        for row in part[number:]:
            row["epoch"] += by


def from_another_office(rows: Damaged, chance: Random) -> None:
    """An act of another office, at the place of one of ours."""
    number = chance.randrange(len(rows.links))
    event, link = rows.other["outbox_event"][number], rows.other["audit_link"][number]
    office = {"office_id": OFFICE}
    rows.events[number] = {**event, **office}
    if chance.random() < 0.8:
        rows.links[number] = {**link, **office}


def whole_other_office(rows: Damaged, chance: Random) -> None:
    """Another office's whole chain under our name."""
    rows.events[:], rows.links[:], rows.heads[:] = (
        [{**row, "office_id": OFFICE} for row in rows.other[name]] for name in ("outbox_event", "audit_link", "chain_head")
    )


def rewrite(rows: Damaged, chance: Random) -> Noted:
    """A lie, every hash after it computed again, and the head moved: only who noted a head can tell."""
    noted = noted_head(rows)
    first = chance.randrange(len(rows.links))
    rows.events[first]["actor"] = rows.links[first]["actor"] = "cli:x"
    for number in range(first, len(rows.links)):
        rows.links[number]["previous_hash"] = rows.links[number - 1]["hash"] if number else "0" * 64
        _rehash(rows, number)
    _move_head(rows)
    return noted


def _renumber(rows: Damaged, number: int, by: int) -> None:
    for part in (rows.events, rows.links):
        for row in part[number:]:
            row["seq"] += by


def _rehash(rows: Damaged, number: int) -> None:
    event, link = rows.events[number], rows.links[number]
    facts = {**{name: event[name] for name in HASHED}, "body": json.loads(event["body"]), "epoch": link["epoch"], "seq": link["seq"]}
    link["hash"] = link_hash(link["previous_hash"], facts)


def _move_head(rows: Damaged) -> None:
    if rows.links:
        rows.heads[0].update({name: rows.links[-1][name] for name in ("epoch", "seq", "hash")})
    else:
        rows.heads.clear()


KINDS: tuple[Damage, ...] = (
    edit_event, edit_link, edit_head, edit_meaning, edit_both, edit_and_rehash, delete_event, delete_link, delete_both, delete_and_close,
    cut, cut_with_head, forget_all, no_head, swap, insert, append_beyond, fork, second_head, renumber, new_epoch, from_another_office,
    whole_other_office, rewrite,
)  # fmt: skip
