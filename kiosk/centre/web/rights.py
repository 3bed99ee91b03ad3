"""Who may do what on the centre's pages: here and nowhere else.

Anyone may sign in. Staff of an office see their office. Operators of the centre see every office, and they alone change something. Behind
that stands the database: a transaction of an office's staff reaches no other office's rows, whatever a page asks for.
"""

from fastapi import Request

from kiosk.centre.people.errors import NotSignedIn, OperatorsOnly
from kiosk.centre.people.signing_in import Who, find
from kiosk.centre.web.errors import ForeignForm
from kiosk.centre.web.site import SESSION, Site
from kiosk.core.doors import door
from kiosk.core.errors import NotFound

STAFF, OPERATOR = "staff", "operator"
SAFE = frozenset({"GET", "HEAD"})  # RFC 9110, section 9.2.1


class Rights:
    """The doors of the pages of `site`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def own_form(self, request: Request) -> None:
        """What changes something must come from a page of ours, whoever's cookie came with it. Raises `ForeignForm`."""
        if request.method not in SAFE and request.headers.get("origin") not in self._site.origins:
            raise ForeignForm(address=self._site.address)

    @door(STAFF, OPERATOR)
    def somebody(self, request: Request) -> Who:
        """Whoever is signed in. Raises `NotSignedIn`."""
        who = find(self._site.engine, request.cookies.get(SESSION), self._site.clock())
        if who is None:
            raise NotSignedIn()
        request.state.who = who
        return who

    @door(STAFF, OPERATOR)
    def of_office(self, request: Request, office_id: str) -> Who:
        """Who may see the office in the path. Raises `NotSignedIn`; `NotFound` for another's office, as for one that there is not."""
        who = self.somebody(request)
        if not who.may_see(office_id):
            raise NotFound()
        return who

    @door(OPERATOR)
    def operator(self, request: Request) -> Who:
        """An operator of the centre. Raises `NotSignedIn`, `OperatorsOnly`."""
        who = self.somebody(request)
        if not who.is_operator:
            raise OperatorsOnly()
        return who
