"""What every page needs: the database, the clock, who asks, the language, the frame around it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Connection, Engine

from kiosk.centre.people import service
from kiosk.centre.people.signing_in import Who
from kiosk.centre.web import texts
from kiosk.centre.web.words import Words
from kiosk.core.bucket import TokenBucket
from kiosk.core.config import LOOPBACK
from kiosk.core.i18n import LANGUAGES, Language, language_of

log = logging.getLogger("kiosk.centre")
SESSION, LANGUAGE = "kios_centre", "kios_language"
# autoescape for everything: whatever an office sends is text, never markup
FOLDER = FileSystemLoader(Path(__file__).parent / "templates")
TEMPLATES = Environment(loader=FOLDER, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@dataclass
class Site:
    """The centre's pages on `engine`. `address`: the centre's own, without a slash; `key` signs the ends of chains."""

    engine: Engine
    key: Ed25519PrivateKey
    address: str
    clock: Callable[[], datetime]
    # argon2 is dear: from one address twenty sign-ins at once, then one every three seconds
    tries: TokenBucket = field(default_factory=lambda: TokenBucket(every=3, burst=20))

    @property
    def origins(self) -> frozenset[str]:
        """From which pages a form may come (RFC 6454): the centre's own address; a try-out's under both names of this machine."""
        parts = urlsplit(self.address)
        port = f":{parts.port}" if parts.port else ""
        names = LOOPBACK - {"::1"} if parts.hostname in LOOPBACK else {parts.hostname}
        return frozenset(f"{parts.scheme}://{name}{port}" for name in names)

    @contextmanager
    def within(self, who: Who) -> Iterator[Connection]:
        """One transaction that may touch what `who` may."""
        with self.engine.begin() as connection:
            service.narrow(connection, who.office_id)
            yield connection

    def language(self, request: Request) -> Language:
        """The language that was chosen, else the one that the browser asks for."""
        chosen = request.cookies.get(LANGUAGE)
        return next((one for one in LANGUAGES if one == chosen), language_of(request.headers.get("accept-language")))

    def words(self, request: Request) -> Words:
        """The words for this request."""
        return Words(self.language(request), self.clock())

    def page(self, request: Request, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """The page `template`, filled with `facts`, in its frame."""
        who: Who | None = getattr(request.state, "who", None)
        done = texts.DONE.get(request.query_params.get("done", ""))
        frame = {"t": self.words(request), "who": who, "path": request.url.path, "done": done, "here": _here(request)}
        return HTMLResponse(TEMPLATES.get_template(template).render(**frame, **facts), status)

    def keep(self, response: Response, name: str, value: str) -> None:
        """Set a cookie that no script reads and no other site sends; "" takes it away."""
        secure = self.address.startswith("https:")
        response.set_cookie(name, value, max_age=None if value else 0, httponly=True, samesite="strict", secure=secure)


def to(path: str) -> RedirectResponse:
    """After a form: the browser goes to `path` and a reload sends nothing again."""
    return RedirectResponse(path, 303)


def _here(request: Request) -> str:
    """This page, to come back to after the language was switched; a form's own answer cannot be asked for again."""
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query if request.method == "GET" else "/"
