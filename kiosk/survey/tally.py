"""The tally of months: counted from the answers, and used only while its number of answers is theirs.

Answers are added and not changed, so an equal number is the same answers. Whoever does change one calls `forget`, which also leaves a
mark: what was counted before it, and is to be kept after it, is not kept. A report is right without a tally, too; it then takes as long
as passing over the answers.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, delete, func, insert, literal, select
from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.core.runtime import Runtime
from kiosk.survey.counting import ANSWERS, CELLS, Query, of_answers, score_counts, value_of, where
from kiosk.survey.model import TALLY
from kiosk.survey.questionnaire import PROFILE
from kiosk.survey.scope import Period, Scope, month

logger = logging.getLogger("kiosk.survey")
EVERY_S = 3600
MARK = "!"  # the part of a row that counts nothing: its value is another one whenever an answer of the month was changed
Rows = list[dict[str, Any]]
Work = Callable[[Callable[[Session], Any]], Any]


@dataclass(frozen=True)
class Count:
    """The rows of a month's tally, and the mark that stood there before they were counted."""

    rows: Rows
    mark: str | None


def held(connection: Connection, office_id: str, period: Period | None = None) -> Counter[str]:
    """How many answers lie in each month: read from the index of days alone."""
    query = select(ANSWERS.c.day, func.count()).where(ANSWERS.c.office_id == office_id).group_by(ANSWERS.c.day)
    if period is not None:
        query = query.where(ANSWERS.c.day.between(period.first.isoformat(), period.last.isoformat()))
    found: Counter[str] = Counter()
    for day, count in connection.execute(query).tuples():
        found[day[:7]] += count
    return found


def tallied(connection: Connection, office_id: str) -> Counter[str]:
    """How many answers are in the tally of each month."""
    query = select(TALLY.c.month, func.sum(TALLY.c.n)).where(TALLY.c.office_id == office_id, TALLY.c.part == "").group_by(TALLY.c.month)
    return Counter({name: int(n) for name, n in connection.execute(query).tuples()})


def usable(connection: Connection, scope: Scope) -> list[str]:
    """The whole months of the scope's period whose tally is complete; also those without any answer."""
    months = list(scope.period.whole_months())
    counted = tallied(connection, scope.office_id) if months else Counter()
    if not counted:
        return []
    there = held(connection, scope.office_id, scope.period)
    return [name for name in months if there[name] == counted[name]]


def of_tally(scope: Scope, months: list[str]) -> Query:
    """Counts the tally of `months`: as `counting.of_answers` does the answers."""

    def query(group: str) -> Select[Any]:
        part = group if group in PROFILE else ""
        value = TALLY.c.value if part else TALLY.c[group] if group else literal("")
        cells = [func.sum(TALLY.c[f"{element}_{score}"]) for element, score in CELLS]
        here = [TALLY.c.office_id == scope.office_id, TALLY.c.part == part, TALLY.c.month.in_(months)]
        if scope.service is not None:
            here.append(TALLY.c.service == scope.service)
        if scope.place is not None:
            here.append(TALLY.c.place == scope.place)
        if scope.holders is not None:
            here.append((TALLY.c.way == "holder").is_(scope.holders))
        counts: Select[Any] = select(value.label("grouped"), func.sum(TALLY.c.n), *cells).where(*here)
        return counts.group_by("grouped") if group else counts

    return query


def sources(connection: Connection, scope: Scope) -> list[Query]:
    """The queries that together count every answer of `scope` once: tallied months, and the answers of all other days."""
    months = usable(connection, scope)
    rest = [of_answers(where(connection, replace(scope, period=days))) for days in scope.period.without(months)]
    return [of_tally(scope, months), *rest] if months else rest


def count(connection: Connection, office_id: str, name: str) -> Count:
    """The tally of the month `name` ("YYYY-MM"), from its answers."""
    mark = _mark(connection, office_id, name)
    scope = Scope(office_id, month(*map(int, name.split("-"))))
    conditions, rows = where(connection, scope), []
    for part in ("", *PROFILE):
        keys = [ANSWERS.c.service, ANSWERS.c.place, value_of("way").label("way"), value_of(part).label("grouped")]
        query: Select[Any] = select(*keys, func.count().label("n"), *score_counts()).where(*conditions)
        mine = {"office_id": office_id, "part": part, "month": name}
        found = connection.execute(query.group_by("service", "place", "way", "grouped")).mappings()
        rows += [{**row, **mine, "value": row["grouped"]} for row in found]
    return Count(rows, mark)


def _mark(connection: Connection, office_id: str, name: str) -> str | None:
    here = (TALLY.c.office_id == office_id, TALLY.c.month == name, TALLY.c.part == MARK)
    mark: str | None = connection.execute(select(TALLY.c.value).where(*here)).scalar()
    return mark


def keep(session: Session, office_id: str, name: str, counted: Count) -> bool:
    """Make `counted` the tally of the month `name`, unless answers came in or changed since; whether it did."""
    connection = session.connection()
    there = held(connection, office_id, month(*map(int, name.split("-"))))[name]
    if _mark(connection, office_id, name) != counted.mark or sum(row["n"] for row in counted.rows if not row["part"]) != there:
        return False
    connection.execute(delete(TALLY).where(TALLY.c.office_id == office_id, TALLY.c.month == name, TALLY.c.part != MARK))
    if counted.rows:
        connection.execute(insert(TALLY), counted.rows)
    return True


def forget(session: Session, office_id: str, *months: str) -> None:
    """Drop the tally of these months, also one that is being counted now: one of their answers changes."""
    connection = session.connection()
    connection.execute(delete(TALLY).where(TALLY.c.office_id == office_id, TALLY.c.month.in_(months)))
    nothing = {"service": "", "place": "", "way": "", "n": 0} | {f"{element}_{score}": 0 for element, score in CELLS}
    facts = {"office_id": office_id, "part": MARK, **nothing}
    connection.execute(insert(TALLY), [{**facts, "month": name, "value": str(uuid4())} for name in sorted(set(months))])


def stale(connection: Connection, office_id: str) -> list[str]:
    """The months whose tally is missing or has not all answers."""
    there, counted = held(connection, office_id), tallied(connection, office_id)
    return sorted(name for name in there | counted if there[name] != counted[name])


@dataclass
class Tallying:
    """Counts what came in, every hour and when the node starts. It counts beside the writer and only writes with it."""

    node: Runtime

    async def run(self) -> None:
        """Count now and then, until cancelled."""
        while True:
            try:
                await self.renew()
            except KioskError as wrong:  # the disk is full, or too much waits: next hour
                logger.info("not counted", extra={"code": wrong.code})
            except Exception:  # a report is right without it
                logger.exception("not counted")
            await asyncio.sleep(EVERY_S)

    async def renew(self) -> None:
        """Count the months whose tally is stale."""
        for name in await asyncio.to_thread(self._stale):
            counted = await asyncio.to_thread(self._count, name)
            await self.node.writer.submit(partial(keep, office_id=self.node.office_id, name=name, counted=counted))

    def _stale(self) -> list[str]:
        with self.node.reading() as session:
            return stale(session.connection(), self.node.office_id)

    def _count(self, name: str) -> Count:
        with self.node.reading() as session:
            return count(session.connection(), self.node.office_id, name)


def renew(office_id: str, *, read: Work, write: Work) -> None:
    """Count every stale month: behind a file that was imported. `read` and `write` run a job in a transaction; only one writes, shortly."""
    for name in read(lambda session: stale(session.connection(), office_id)):
        counted = read(partial(_count_in, office_id=office_id, name=name))
        write(partial(keep, office_id=office_id, name=name, counted=counted))


def _count_in(session: Session, office_id: str, name: str) -> Count:
    return count(session.connection(), office_id, name)
