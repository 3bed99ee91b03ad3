"""The catalogue: load an office's standards, list them, find one, read one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.catalogue.rules import LONGEST_QUERY, Entry
from kiosk.catalogue.rules import search as find
from kiosk.catalogue.standard import FOR_STAFF, ServiceStandard
from kiosk.catalogue.titles import shown_title
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.sync.outbox import record


class ServiceUnknown(KioskError):
    """The office has no such service."""

    code = "CATALOGUE-0404"
    status = 404
    sentence = N_("This office has no service with that address.")


class QueryTooLong(KioskError):
    """What was asked for is longer than any search needs."""

    code = "CATALOGUE-0422"
    status = 422
    sentence = N_("Please search with {most} characters at most; this had {found}.")


@dataclass(frozen=True)
class Loaded:
    """What a load did: ids that are new or changed, and ids that went."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]


def load(session: Session, *, office_id: str, standards: Sequence[ServiceStandard], at: datetime, actor: str = "seed") -> Loaded:
    """Make `standards`, in this order, the catalogue of `office_id`, whose row must be there.

    The same standards again change nothing and record nothing. What changed is recorded once, as `catalogue.loaded`.
    """
    present = {row.id: row for row in _rows(session, office_id)}
    fresh = [_row(office_id, position, standard) for position, standard in enumerate(standards, start=1)]
    changed = [row for row in fresh if row.id not in present or _mark(row) != _mark(present[row.id])]
    removed = sorted(set(present) - {row.id for row in fresh})
    for row in changed:
        session.merge(row)
    for gone in removed:
        session.delete(present[gone])
    done = Loaded(tuple(row.id for row in changed), tuple(removed))
    if changed or removed:
        body = {"services": [{"id": row.id, "digest": row.digest} for row in fresh], "changed": list(done.changed), "removed": removed}
        record(session, office_id=office_id, kind="catalogue.loaded", body=body, actor=actor, at=at)
    return done


def list_services(session: Session, *, office_id: str) -> list[dict[str, Any]]:
    """Every service of the office in its order: what a tile shows and what the search looks through."""
    return [_tile(row) for row in _rows(session, office_id)]


def search(session: Session, *, office_id: str, query: str, limit: int = 20) -> list[dict[str, Any]]:
    """The services that `query` means, the likeliest first. Raises `QueryTooLong` beyond 100 characters."""
    if len(query) > LONGEST_QUERY:
        raise QueryTooLong(most=LONGEST_QUERY, found=len(query))
    tiles = {tile["id"]: tile for tile in list_services(session, office_id=office_id)}
    entries = [Entry(tile["id"], **tile["search"]) for tile in tiles.values()]
    return [tiles[found] for found in find(query, entries, limit)]


def get_service(session: Session, *, office_id: str, service_id: str) -> dict[str, Any]:
    """The full standard as the public reads it, with `title`, `office_wide`, `translation` and `digest`. Raises `ServiceUnknown`."""
    row = _row_of(session, office_id, service_id)
    public = {key: value for key, value in row.standard.items() if key not in FOR_STAFF}
    return {**public, **_shown(row), "translation": row.translation, "digest": row.digest}


def source_notes(session: Session, *, office_id: str) -> list[dict[str, Any]]:
    """For staff only: per service the defects of its document and the file that it came from."""
    return [{"id": row.id, **_shown(row), **{key: row.standard[key] for key in FOR_STAFF}} for row in _rows(session, office_id)]


def _rows(session: Session, office_id: str) -> list[ServiceStandardRow]:
    query = select(ServiceStandardRow).where(ServiceStandardRow.office_id == office_id).order_by(col(ServiceStandardRow.position))
    return list(session.exec(query))


def _row_of(session: Session, office_id: str, service_id: str) -> ServiceStandardRow:
    row = session.get(ServiceStandardRow, (office_id, service_id))
    if row is None:
        raise ServiceUnknown()
    return row


def _row(office_id: str, position: int, standard: ServiceStandard) -> ServiceStandardRow:
    whole = standard.model_dump(mode="json")
    translation = whole.pop("translations")
    return ServiceStandardRow(
        office_id=office_id,
        id=standard.id,
        position=position,
        name=standard.name,
        standard=whole,
        translation=translation,
        digest=standard.digest,
    )


def _mark(row: ServiceStandardRow) -> tuple[str, int]:
    return row.digest, row.position


def _shown(row: ServiceStandardRow) -> dict[str, Any]:
    product = row.standard["product"]
    title = shown_title(row.name, product["name"] if product else "")
    return {"title": title, "office_wide": row.name is None}


def _tile(row: ServiceStandardRow) -> dict[str, Any]:
    standard, translation = row.standard, (row.translation or {}).get("en") or {}
    asked, product, fee, time = (standard[key] for key in ("requirements", "product", "fee", "time_limit"))
    needs = [item["text"] for item in asked["items"]] if asked else []
    document = standard["document"]
    names = [row.name, document["title"], document["kind"] if row.name is None else None, document["number"], translation.get("name")]
    return {
        "id": row.id,
        "name": row.name,
        **_shown(row),
        "product": product["name"] if product else None,
        "fee": fee,
        "time_limit": time,
        "requirements": {"listed": asked["listed"], "count": len(needs)} if asked else None,
        "translation": {"en": {key: translation.get(key) for key in ("name", "product", "fee", "time_limit")}} if translation else None,
        "digest": row.digest,
        "search": {
            "names": " ".join(name for name in names if name),
            "product": " ".join(text for text in (product and product["name"], translation.get("product")) if text),
            "requirements": " ".join(needs + translation.get("requirements", [])),
        },
    }
