"""Which pages are ours: the origins (RFC 6454) from which a browser may sign in or open a websocket.

A list from the settings, never from a Host header: a foreign name that was made to point at this node (DNS rebinding) agrees
with itself.
"""

from kiosk.core.config import Settings
from kiosk.core.https import https

USUAL_PORT = {"http": 80, "https": 443}


def allowed_origins(settings: Settings) -> frozenset[str]:
    """The public address, and this machine by its two usual names.

    Beside HTTPS no page of the office network counts that came over plain HTTP: whoever sits on the way may have changed it.
    """
    local = {_origin(scheme, name, settings.port) for scheme in USUAL_PORT for name in ("localhost", "127.0.0.1")}
    told, public = https(), _public(settings)
    if told is None:
        return frozenset({public, *local})
    return frozenset({*local, *told.origins, *([public] if public.startswith("https:") else [])})


def plain_origins(settings: Settings) -> frozenset[str]:
    """Pages of this node that came over plain HTTP beside HTTPS: what a visitor's phone may have open. Enough for what proves nothing."""
    told = https()
    ports = (settings.port, USUAL_PORT["http"])
    return frozenset() if told is None else frozenset(_origin("http", host, port) for host in told.hosts for port in ports)


def _origin(scheme: str, name: str, port: int | None) -> str:
    """As a browser writes it: without the scheme's usual port."""
    return f"{scheme}://{name}" if port in (None, USUAL_PORT[scheme]) else f"{scheme}://{name}:{port}"


def _public(settings: Settings) -> str:
    url = settings.public_url
    return settings.public_address if url is None else _origin(url.scheme, str(url.host), url.port)
