"""What is only looked at: the offices, one office, what was set aside; and settling a line."""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Connection

from kiosk.centre.people.signing_in import Who
from kiosk.centre.web import aside, feeds, reading
from kiosk.centre.web.forms import Form, form
from kiosk.centre.web.rights import Rights
from kiosk.centre.web.signs import CLOCK_OFF_S, ICONS, ORDER, TONES, sign_of, worst
from kiosk.centre.web.site import Site, log, to
from kiosk.core.chain import Head
from kiosk.core.errors import NotFound
from kiosk.sync.heads import sign_head
from kiosk.sync.keys import public_hex


def add(routes: APIRouter, site: Site, rights: Rights) -> None:
    """The pages, and the one form on them."""

    @routes.get("/")
    def offices(request: Request, who: Annotated[Who, Depends(rights.somebody)]) -> Response:
        with site.within(who) as connection:
            seen = [_signed(site, one) for one in reading.offices(connection, who.only)]
        seen.sort(key=lambda one: ORDER.index(one["sign"]))  # the worst first
        counted = Counter(one["sign"] for one in seen)
        sums = [(sign, counted[sign]) for sign in ORDER if counted[sign]]
        return site.page(request, "offices.html", offices=seen, sums=sums, tones=TONES, icons=ICONS, off=CLOCK_OFF_S)

    @routes.get("/kantor/{office_id}")
    def office(request: Request, office_id: str, who: Annotated[Who, Depends(rights.of_office)]) -> Response:
        now = site.clock()
        with site.within(who) as connection:
            shown = _signed(site, _one(connection, office_id))
            facts: dict[str, Any] = {
                "days": reading.days(connection, office_id, now),
                "checklists": reading.checklists(connection, office_id, now),
                "devices": reading.health(connection, office_id, now),
                "feeds": feeds.standing(connection, office_id),
                "closed": reading.closed_epochs(connection, office_id),
            }
        ends = [(node, sign_head(site.key, office_id, Head(node.epoch, node.seq, node.hash))) for node, _ in shown["nodes"]]
        facts |= {"ends": ends, "key": public_hex(site.key)}
        return site.page(request, "office.html", **shown, **facts, tones=TONES, icons=ICONS, off=CLOCK_OFF_S)

    @routes.get("/disisihkan")
    def set_aside(
        request: Request,
        who: Annotated[Who, Depends(rights.somebody)],
        office: str = "",
        settled: bool = False,
        page: Annotated[int, Query(ge=0, le=10_000)] = 0,
    ) -> Response:
        with site.within(who) as connection:
            found = aside.lines(connection, settled=settled, office_id=who.only or office or None, page=page)
            names = {one.office_id: one for one in reading.offices(connection, who.only)}
        lines = [(line, names[line.office_id], aside.MEANING.get(line.code, aside.OTHERWISE)) for line in found[: aside.A_PAGE]]
        more = len(found) > aside.A_PAGE
        return site.page(request, "aside.html", lines=lines, settled=settled, office=office, page=page, more=more)

    @routes.post("/disisihkan")
    def settle(who: Annotated[Who, Depends(rights.operator)], fields: Annotated[Form, Depends(form)]) -> Response:
        place = aside.Place(fields.text("office_id"), fields.text("node_id"), fields.number("epoch"), fields.number("seq"))
        with site.within(who) as connection:
            aside.settle(connection, place, note=fields.text("note"), by=who.name, at=site.clock())
        log.info("settled", extra={"by": who.name, "office": place.office_id, "node": place.node_id, "place": f"{place.epoch}.{place.seq}"})
        return to("/disisihkan?done=settled")


def _one(connection: Connection, office_id: str) -> reading.OfficeView:
    """The office, as the list shows it. Raises `NotFound`."""
    found = reading.offices(connection, office_id)
    if not found:
        raise NotFound()
    return found[0]


def _signed(site: Site, office: reading.OfficeView) -> dict[str, Any]:
    """An office and its computers, each with the sign of how it stands."""
    nodes = [(node, sign_of(node, site.clock())) for node in office.nodes]
    return {"office": office, "nodes": nodes, "sign": worst([sign for _, sign in nodes])}
