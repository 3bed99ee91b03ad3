"""The short address in a letter's QR, `/V`, is the page that checks letters."""

from kiosk.core.limits import Asgi, Receive, Scope, Send

SHORT, PAGE = frozenset({"/V", "/v", "/V/", "/v/"}), "/verify/"


def short_address(app: Asgi) -> Asgi:
    """`app`, with the page at `/V` and `/v` too. No redirect: it would cost a round, and be made of the Host header.

    What stands behind `#` never comes here (RFC 3986, section 3.5); the page itself takes it out of the address (letter_code.js).
    """

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        short = scope["type"] == "http" and scope["path"] in SHORT
        await app({**scope, "path": PAGE, "raw_path": PAGE.encode()} if short else scope, receive, send)

    return asgi
