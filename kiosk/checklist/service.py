"""Checklists: the lists that visitors go through, and the sign-off that later steps ask for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from kiosk.catalogue import service as catalogue
from kiosk.checklist.errors import ListChanged, NothingToSign, ServiceElsewhere, SignedMeanwhile
from kiosk.checklist.guide import Guide
from kiosk.checklist.model import Checklist, ChecklistGuide
from kiosk.checklist.rules import Code, fits, is_whole, missing
from kiosk.core.clock import stored
from kiosk.core.ids import parse_id
from kiosk.staff.model import Account
from kiosk.sync.outbox import record


def load(session: Session, *, office_id: str, guide: Guide, at: datetime, actor: str = "seed") -> bool:
    """Make `guide` the office's; whether anything changed. The same again changes and records nothing."""
    known = session.get(ChecklistGuide, office_id)
    if known is not None and known.digest == guide.digest:
        return False
    body: dict[str, Any] = {"digest": guide.digest, "guide": guide.model_dump(mode="json")}
    session.merge(ChecklistGuide(office_id=office_id, **body))
    record(session, office_id=office_id, kind="checklist.guide_loaded", body=body, actor=actor, at=at)
    return True


def lists(session: Session, *, office_id: str) -> dict[str, Any]:
    """Everything that a browser needs to go through any list of the office with the node gone: questions, queues, services."""
    guide = _guide(session, office_id)
    tiles = catalogue.list_services(session, office_id=office_id)
    return {
        "help_queue": guide["help_queue"],
        "check_queue": guide["check_queue"],
        "questions": guide["questions"],
        "services": [_list(session, office_id, tile["id"], guide) for tile in tiles],
    }


def list_of(session: Session, *, office_id: str, service: str) -> dict[str, Any]:
    """One service's list. Raises `ServiceElsewhere`."""
    return _list(session, office_id, service, _guide(session, office_id))


def _guide(session: Session, office_id: str) -> dict[str, Any]:
    row = session.get(ChecklistGuide, office_id)
    return row.guide if row else Guide().model_dump(mode="json")


def _list(session: Session, office_id: str, service: str, guide: dict[str, Any]) -> dict[str, Any]:
    try:
        standard = catalogue.get_service(session, office_id=office_id, service_id=service)
    except catalogue.ServiceUnknown:
        raise ServiceElsewhere() from None
    english = (standard["translation"] or {}).get("en") or {}
    asked = standard["requirements"]
    translated, notes = english.get("requirements") or [], guide["services"].get(service, {})
    items = [_item(item, place, translated, notes) for place, item in enumerate(asked["items"] if asked else [])]
    return {
        "id": service,
        "title": standard["title"],
        "title_en": english.get("name"),
        "office_wide": standard["office_wide"],
        "digest": standard["digest"],
        "items": items,
        "set_by": asked["text"] if asked and not asked["listed"] else None,
        "set_by_en": english.get("requirements_text"),
        "ministry": standard["nspk_ministry"],
    }


def _item(item: dict[str, Any], place: int, translated: list[str], notes: dict[str, Any]) -> dict[str, Any]:
    # JSON made the orders texts; a guide that says nothing of this requirement says so in every field.
    note = notes.get(str(item["order"])) or {"when": None, "what": None, "where": None, "picture": "paper"}
    return {"order": item["order"], "text": item["text"], "text_en": translated[place] if translated else None, **note}


@dataclass(frozen=True)
class Opened:
    """A checklist before an officer: its list, the applicant's answers ("" when there are none that fit), and what was signed."""

    list: dict[str, Any]
    id: str
    answers: str
    changed: bool
    signed: dict[str, Any] | None


def open_code(session: Session, *, office_id: str, code: Code) -> Opened:
    """The list that `code` means, as the applicant saw it. When the requirements have changed since, `changed` is True and the
    answers are left out. Raises `ServiceElsewhere`."""
    found = list_of(session, office_id=office_id, service=code.service)
    known = signed(session, office_id, code.id)
    if not code.answers:  # begun at the desk
        return Opened(found, code.id, "", False, known)
    same = fits(code, found["digest"], _conditional(found))
    return Opened(found, code.id, code.answers if same else "", not same, known)


def sign(
    session: Session,
    *,
    office_id: str,
    checklist_id: str,
    service: str,
    digest: str,
    answers: str,
    checked: str,
    version: int,
    account_id: str,
    actor: str,
    now: datetime,
) -> dict[str, Any]:
    """Write down what the officer `account_id` found: complete, or which papers are missing. Returns the record, as `signed` does.

    `digest` is the list that the officer saw, `version` the signature that it saw (0: none). The same content again is the same
    record, whoever sends it again. Raises `ListChanged`, `NothingToSign`, `ServiceElsewhere`, and `SignedMeanwhile` when another
    signature came in between.
    """
    listed = list_of(session, office_id=office_id, service=service)
    if listed["digest"] != digest:
        raise ListChanged()
    if not is_whole(checked, _conditional(listed)):
        raise NothingToSign()
    facts = {"id": parse_id(checklist_id), "service": service, "digest": digest, "answers": answers, "checked": checked}
    known = session.get(Checklist, (office_id, facts["id"]))
    if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
        return _shown(session, known)
    if (known.version if known else 0) != version:
        raise SignedMeanwhile(name=_name(session, office_id, known.signed_by if known else ""))
    gone = missing(checked, [item["text"] for item in listed["items"]])
    body = {**facts, "missing": gone, "version": version + 1, "signed_by": account_id, "signed_at": stored(now)}
    row = put(session, office_id, body)
    record(session, office_id=office_id, kind="checklist.signed", body=body, actor=actor, at=now)
    return _shown(session, row)


def put(session: Session, office_id: str, body: dict[str, Any]) -> Checklist:
    """The row of the event `checklist.signed` whose body this is; an older signature than the known one changes nothing."""
    known = session.get(Checklist, (office_id, body["id"]))
    if known is not None and known.version >= body["version"]:
        return known
    return session.merge(Checklist(office_id=office_id, **body))


def signed(session: Session, office_id: str, checklist_id: str) -> dict[str, Any] | None:
    """What was signed of a checklist, for the steps that come after; None when nobody signed it.

    Keys: id, service, digest, answers, checked, missing (texts), complete, version, signed_by (account id), name, signed_at (UTC).
    """
    row = session.get(Checklist, (office_id, checklist_id))
    return _shown(session, row) if row else None


def _shown(session: Session, row: Checklist) -> dict[str, Any]:
    facts = row.model_dump(exclude={"office_id"})
    return {**facts, "complete": not row.missing, "name": _name(session, row.office_id, row.signed_by)}


def _name(session: Session, office_id: str, account_id: str) -> str:
    account = session.get(Account, (office_id, account_id))
    return account.name if account else "-"


def _conditional(listed: dict[str, Any]) -> list[bool]:
    return [item["when"] is not None for item in listed["items"]]
