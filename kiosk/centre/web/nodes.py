"""An office's computers: a code for a new one, revoking, fencing. Each asks once more before it does what cannot be undone."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from kiosk.centre import fencing, nodes
from kiosk.centre.ingest import NODES
from kiosk.centre.model import ACTIVE, CentreNode
from kiosk.centre.people.signing_in import Who
from kiosk.centre.tenancy import OFFICE_ID
from kiosk.centre.web import reading
from kiosk.centre.web.errors import BadForm
from kiosk.centre.web.forms import Form, form
from kiosk.centre.web.rights import Rights
from kiosk.centre.web.site import Site, log, to
from kiosk.core.clock import stored
from kiosk.core.errors import NotFound


def add(routes: APIRouter, site: Site, rights: Rights) -> None:
    """The forms, for operators alone."""
    Operator = Annotated[Who, Depends(rights.operator)]  # noqa: N806 (a type)

    @routes.post("/kode")
    def make_code(request: Request, who: Operator, fields: Annotated[Form, Depends(form)]) -> Response:
        office_id = fields.text("office_id").strip().lower()
        if OFFICE_ID.fullmatch(office_id) is None:
            raise BadForm(where="office_id")
        with site.within(who) as connection:
            code = nodes.make_code(connection, office_id=office_id, at=site.clock())
            office = _office(connection, office_id)
        log.info("code made", extra={"by": who.name, "office": office_id})
        return _shown_once(request, office, code, fenced=False)

    @routes.get("/kantor/{office_id}/komputer/{node_id}/cabut")
    def ask_revoke(request: Request, office_id: str, node_id: str, who: Operator) -> Response:
        return _sure(request, who, office_id, node_id, fence=False)

    @routes.post("/kantor/{office_id}/komputer/{node_id}/cabut")
    def revoke(office_id: str, node_id: str, who: Operator) -> Response:
        with site.within(who) as connection:
            _node(connection, office_id, node_id)
            nodes.revoke(connection, office_id=office_id, node_id=node_id)
        log.warning("revoked", extra={"by": who.name, "office": office_id, "node": node_id})
        return to(f"/kantor/{office_id}?done=revoked")

    @routes.get("/kantor/{office_id}/komputer/{node_id}/pagari")
    def ask_fence(request: Request, office_id: str, node_id: str, who: Operator) -> Response:
        return _sure(request, who, office_id, node_id, fence=True)

    @routes.post("/kantor/{office_id}/komputer/{node_id}/pagari")
    def fence(request: Request, office_id: str, node_id: str, who: Operator) -> Response:
        with site.within(who) as connection:
            _node(connection, office_id, node_id)
            fencing.fence(connection, office_id=office_id, node_id=node_id, at=site.clock())
            code = nodes.make_code(connection, office_id=office_id, at=site.clock())
            office = _office(connection, office_id)
        log.warning("fenced", extra={"by": who.name, "office": office_id, "node": node_id})
        return _shown_once(request, office, code, fenced=True)

    def _sure(request: Request, who: Who, office_id: str, node_id: str, *, fence: bool) -> Response:
        with site.within(who) as connection:
            node, office = _node(connection, office_id, node_id), _office(connection, office_id)
        return site.page(request, "sure.html", office=office, node=node, fence=fence)

    def _shown_once(request: Request, office: reading.OfficeView, code: str, *, fenced: bool) -> Response:
        until = stored(site.clock() + nodes.LIFE)
        return site.page(request, "code.html", office=office, code=code, until=until, address=site.address, fenced=fenced)


def _node(connection: Connection, office_id: str, node_id: str) -> CentreNode:
    """The office's active computer. Raises `NotFound`."""
    here = (NODES.c.office_id == office_id, NODES.c.node_id == node_id, NODES.c.state == ACTIVE)
    row = connection.execute(NODES.select().where(*here)).mappings().first()
    if row is None:
        raise NotFound()
    return CentreNode(**row)


def _office(connection: Connection, office_id: str) -> reading.OfficeView:
    """The office as the list shows it; one that has nothing here yet, by its id."""
    found = reading.offices(connection, office_id)
    return found[0] if found else reading.OfficeView(office_id, office_id, reading.ZONE)
