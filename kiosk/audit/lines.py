"""An act as the auditor reads it: names in place of ids, the office's own clock, words of both languages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.audit.search import Names
from kiosk.audit.texts import ACTORS, GONE, HERE, KINDS
from kiosk.core.actors import HERE as AT_NODE
from kiosk.core.actors import read_actor
from kiosk.core.i18n import both

LONGEST_BODY = 1500  # an office that is loaded is a text of many pages; the export has it whole
SUBJECTS = ("number", "name", "counter", "lane")


@dataclass
class Line:
    """One act. Texts that come from the product stand there twice; `subject` is what it was about, `body` everything it says."""

    place: str = ""
    at: str = ""
    who: str = ""
    who_en: str = ""
    where: str = ""
    where_en: str = ""
    what: str = ""
    what_en: str = ""
    subject: str = ""
    body: str = ""


def line(row: Mapping[str, Any], known: Names, zone: str) -> Line:
    """The act of an outbox row; `zone` is the office's."""
    actor = read_actor(row["actor"])
    what = both(KINDS[row["kind"]]) if row["kind"] in KINDS else _same(row["kind"])
    who = _named(actor.account, known.people) if actor.account else both(ACTORS[actor.kind]) if actor.kind in ACTORS else _same(actor.kind)
    where = both(HERE) if actor.place in (None, AT_NODE) else _named(actor.place, known.devices)
    moment = datetime.fromisoformat(row["at"]).astimezone(ZoneInfo(zone))
    return Line(
        place=f"{row['epoch']}.{row['seq']}",
        at=f"{moment:%d-%m-%Y %H.%M.%S}",
        who=who["id"],
        who_en=who["en"],
        where=where["id"],
        where_en=where["en"],
        what=what["id"],
        what_en=what["en"],
        subject=_subject(row["body"], known),
        body=_body(row["body"]),
    )


def _same(word: str) -> dict[str, str]:
    return {"id": word, "en": word}


def _named(key: str | None, known: Mapping[str, str]) -> dict[str, str]:
    """The name that stands under `key`; its beginning where nobody has it any more."""
    if key is not None and key in known:
        return _same(known[key])
    return {language: f"{(key or '')[:8]} ({word})" for language, word in both(GONE).items()}


def _subject(text: str, known: Names) -> str:
    body = _read(text)
    named = [known.people.get(str(body.get("account_id"))), known.devices.get(str(body.get("device_id")))]
    said = [str(body[name]) for name in SUBJECTS if body.get(name)]
    return ", ".join(dict.fromkeys([*(name for name in named if name), *said]))


def _body(text: str) -> str:
    said = {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in _read(text).items()}
    whole = "\n".join(f"{name}: {value}" for name, value in said.items())
    return whole if len(whole) <= LONGEST_BODY else whole[:LONGEST_BODY] + " ..."


def _read(text: str) -> dict[str, Any]:
    """What a row says; a row that somebody damaged says nothing, and the check of the chain tells of it."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}
