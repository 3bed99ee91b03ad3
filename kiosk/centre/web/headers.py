"""Security headers of everything that the centre answers: its pages run no script and load nothing from elsewhere."""

from kiosk.core.limits import Asgi, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # "no-referrer" would make a browser send our own forms with `Origin: null` (Fetch Standard, "append a request Origin header")
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
}


def centre_headers(app: Asgi) -> Asgi:
    """The headers on every answer of `app`; what says nothing about keeping is not kept."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message["headers"])
                names = {name.lower().decode("latin-1") for name, _ in given}
                own = HEADERS if "cache-control" in names else HEADERS | {"cache-control": "no-store"}
                kept = [(name, value) for name, value in given if name.lower().decode("latin-1") not in own]
                message = {**message, "headers": [*kept, *((name.encode(), value.encode()) for name, value in own.items())]}
            await send(message)

        await app(scope, receive, with_headers if scope["type"] == "http" else send)

    return asgi
