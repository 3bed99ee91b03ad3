"""Signed messages over HTTP."""

import ssl
from pathlib import Path

import httpx

from kiosk.core.config import LOOPBACK
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.sync.link import Carry
from kiosk.sync.signing import Reply, Request

TIMEOUT_S = 30


class NoLine(KioskError, ConnectionError):
    """The centre cannot be reached."""

    code = "SYNC-0504"
    status = 503
    sentence = N_("The centre does not answer ({reason}). Nothing is lost: it is tried again by itself.")


class ForeignCertificate(NoLine):
    """Whoever answers at the centre's address has no certificate for it that this machine trusts."""

    code = "SYNC-0526"
    status = 502
    sentence = N_("Whoever answers at {address} has no certificate for it that this computer trusts. Nothing was sent. ({reason})")


class CertificateMissing(KioskError):
    """KIOSK_CENTRE_CA names no certificate."""

    code = "SYNC-0527"
    status = 500
    sentence = N_("KIOSK_CENTRE_CA names {file}, and no certificate can be read there.")


class NotSecure(KioskError):
    """An address of the centre over which a stranger could answer."""

    code = "SYNC-0426"
    status = 400
    sentence = N_("{address} is no address for the centre: it begins with https://. Plain http:// is for this computer itself only.")


def make_client(reached_at: str, *, ca: Path | None = None) -> httpx.Client:
    """A client for the centre at `reached_at`. It trusts what the machine trusts, and the certificate in the file `ca`.

    Raises `NotSecure` for an address over which anyone between could answer, `CertificateMissing`.
    """
    try:
        url = httpx.URL(reached_at)
    except httpx.InvalidURL:
        raise NotSecure(address=reached_at) from None
    here = url.host in LOOPBACK
    if not url.host or (url.scheme != "https" and not (url.scheme == "http" and here)):
        raise NotSecure(address=reached_at)
    trusted = ssl.create_default_context()
    if ca is not None:
        try:
            trusted.load_verify_locations(ca)
        except (OSError, ssl.SSLError):
            raise CertificateMissing(file=ca) from None
    return httpx.Client(verify=trusted, timeout=TIMEOUT_S, trust_env=not here)


def over_http(client: httpx.Client, *, address: str, reached_at: str) -> Carry:
    """Carry messages for the centre's own `address` to `reached_at`, where it is reached from here (both without a slash).

    Every failure of the line is an OSError: `NoLine`, and `ForeignCertificate` for somebody else's.
    """

    def carry(request: Request) -> Reply:
        url = reached_at + request.url.removeprefix(address)
        try:
            answer = client.request(request.method, url, content=request.body, headers=request.headers)
        except httpx.HTTPError as broken:
            raise _why(broken, reached_at) from broken
        return Reply(answer.status_code, answer.content, request, dict(answer.headers))

    return carry


def _why(broken: httpx.HTTPError, address: str) -> NoLine:
    """What a failure of the line was."""
    cause: BaseException | None = broken
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ForeignCertificate(address=address, reason=cause.verify_message)
        cause = cause.__cause__ or cause.__context__
    return NoLine(reason=str(broken) or type(broken).__name__)
