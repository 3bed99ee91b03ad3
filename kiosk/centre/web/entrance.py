"""Signing in and out, and the language."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from kiosk.centre.people import signing_in
from kiosk.centre.people.errors import WaitFirst, WrongPassphrase
from kiosk.centre.web.errors import BadForm
from kiosk.centre.web.forms import Form, form
from kiosk.centre.web.rights import Rights
from kiosk.centre.web.site import LANGUAGE, SESSION, Site, log, to
from kiosk.core.doors import anyone
from kiosk.core.errors import KioskError
from kiosk.core.i18n import LANGUAGES

Fields = Annotated[Form, Depends(form)]


def add(routes: APIRouter, site: Site, _: Rights) -> None:
    """The ways in and out."""

    @routes.get("/masuk", dependencies=[Depends(anyone)])
    def ask(request: Request) -> Response:
        return site.page(request, "sign_in.html", error=None, name="")

    @routes.post("/masuk", dependencies=[Depends(anyone)])
    def sign_in(request: Request, fields: Fields) -> Response:
        name, before = fields.text("name"), request.cookies.get(SESSION)
        try:
            _slowly(site, request)
            cookie = signing_in.sign_in(site.engine, name=name, typed=fields.text("passphrase"), now=site.clock())
        except (WrongPassphrase, WaitFirst) as refused:
            log.warning("sign-in refused", extra={"person": name[:40], "code": refused.code})
            return _again(site, request, refused, name)
        _end(site, before)
        answer = to("/")
        site.keep(answer, SESSION, cookie)
        return answer

    @routes.post("/keluar", dependencies=[Depends(anyone)])
    def sign_out(request: Request) -> Response:
        _end(site, request.cookies.get(SESSION))
        answer = to("/masuk")
        site.keep(answer, SESSION, "")
        return answer

    @routes.post("/bahasa", dependencies=[Depends(anyone)])
    def language(fields: Fields) -> Response:
        chosen, path = fields.text("language"), fields.text("to")
        if chosen not in LANGUAGES:
            raise BadForm(where="language")
        own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
        answer = to(path if own else "/")
        site.keep(answer, LANGUAGE, chosen)
        return answer


def _slowly(site: Site, request: Request) -> None:
    """Raises `WaitFirst` for an address from which too many sign-ins come."""
    address = request.client.host if request.client else "unknown"
    if seconds := site.tries.take(address):
        raise WaitFirst(seconds=int(seconds) + 1)


def _again(site: Site, request: Request, error: KioskError, name: str) -> Response:
    return site.page(request, "sign_in.html", error.status, error=error, name=name[:40])


def _end(site: Site, cookie: str | None) -> None:
    """End the session that the browser brought, if it is one."""
    if who := signing_in.find(site.engine, cookie, site.clock()):
        signing_in.sign_out(site.engine, who, site.clock())
