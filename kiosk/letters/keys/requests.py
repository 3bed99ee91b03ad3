"""What a node asks its root: please certify this key. A COSE message signed by the key itself, so that nobody asks with another's key."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.letters.keys.errors import Damaged
from kiosk.letters.qr import cbor, sign1
from kiosk.letters.qr.claims import LAST_TIME, is_plain, is_whole
from kiosk.letters.qr.ecdsa import is_point
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.qr.signer import KID, Signer, kid_of
from kiosk.letters.trust.trust_list import LETTERS, NODE, ROOT, is_host, is_office

AAD = b"DPMPTSP-KUNCI-v1"
FORMAT, SUFFIX = 1, ".request"
MOST_BYTES, MOST_DAYS = 10_000, 3660


@dataclass(frozen=True)
class Request:
    """A key of `office` for `purpose`, wanted for `days`. `host`: where its letters are checked, or "". `replaces`: older kids."""

    office: str
    name: str
    host: str
    purpose: str
    days: int
    public: bytes
    made: int
    replaces: tuple[bytes, ...] = ()

    @property
    def kid(self) -> bytes:
        """The 8 bytes that name the key."""
        return kid_of(self.public)


def make(wanted: Request, signer: Signer) -> bytes:
    """The request as it travels."""
    fields = (FORMAT, wanted.office, wanted.name, wanted.host, wanted.purpose, wanted.days, wanted.public, wanted.made)
    payload = cbor.encode(dict(enumerate([*fields, list(wanted.replaces)], 1)))
    _fields(payload)
    return sign1.make(payload, signer, AAD)


def read(path: Path) -> Request:
    """The request in a file, proved to come from whoever has the key. Raises `Damaged` or OSError."""
    if path.stat().st_size > MOST_BYTES:
        raise Damaged(file=path, reason="too large for a request")
    try:
        message = sign1.read(path.read_bytes())
        wanted = _fields(message.payload)
        if message.kid != wanted.kid or not message.holds(wanted.public, AAD):
            raise Malformed("signature_wrong")
    except ValueError as wrong:  # Malformed is one
        raise Damaged(file=path, reason=f"no request of a key ({wrong})") from None
    return wanted


def _fields(payload: bytes) -> Request:
    """Raises `Malformed`."""
    found = cbor.decode(payload)
    if not isinstance(found, dict) or set(found) != set(range(1, 10)) or found[1] != FORMAT:
        raise Malformed("malformed")
    _, office, name, host, purpose, days, public, made, replaces = (found[number] for number in range(1, 10))
    whole = (
        is_office(office) and is_plain(name, 100),
        isinstance(host, str) and is_host(host.lower()),
        purpose in (LETTERS, NODE, ROOT),
        is_whole(days, MOST_DAYS) and days > 0 and is_whole(made, LAST_TIME),
        is_point(public),
        isinstance(replaces, list) and all(isinstance(one, bytes) and len(one) == KID for one in replaces),
    )
    if not all(whole):
        raise Malformed("malformed")
    return Request(office, name, host, purpose, days, public, made, tuple(replaces))


def seconds(moment: datetime) -> int:
    """A moment as lists write it: whole seconds since 1970 UTC."""
    return int(moment.timestamp())
