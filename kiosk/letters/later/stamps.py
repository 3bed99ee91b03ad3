"""RFC 3161: a time-stamping authority says that a hash existed at a moment of its own clock."""

import asyncio
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import httpx
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.letters.later import asking
from kiosk.letters.later.errors import StamperUnreachable, StampRefused

if TYPE_CHECKING:
    from pyhanko.sign.validation.status import TimestampSignatureStatus

ASKED, ANSWERED = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161, section 3.4
SILENCE_S, WHOLE_S = 30.0, 60.0
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)  # what it finds is raised, and told in a sentence
LARGEST = 256 * 1024
NONCE_BITS = 64
GRANTED = frozenset({"granted", "granted_with_mods"})
DIGEST_BYTES = 32


class Response(core.Sequence):  # type: ignore[misc]  # asn1crypto has no types
    """TimeStampResp as RFC 3161, section 2.4.2, has it: a refusal comes without a token, which asn1crypto's own does not allow."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


@dataclass(frozen=True)
class Stamp:
    """A token that was verified: `at` is the authority's time, `token` the ContentInfo (DER) that proves it, `by` who signed."""

    at: datetime
    token: bytes
    by: str


def authorities_in(file: Path | None) -> list[x509.Certificate]:
    """The certificates (PEM) to which a time-stamping authority's must lead. Raises `StampRefused` when none can be read."""
    try:
        return x509.load_pem_x509_certificates(file.read_bytes() if file else b"")
    except (OSError, ValueError):
        raise StampRefused(reason=f"KIOSK_TIMESTAMP_CA names no certificate that can be read ({file})") from None


def request(digest: bytes, nonce: int) -> bytes:
    """A TimeStampReq (DER) for a SHA-256 `digest`; the authority's certificate comes with the answer (RFC 3161, section 2.4.1)."""
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    asked: bytes = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}).dump()
    return asked


def read(answer: bytes, digest: bytes, nonce: int, authorities: list[x509.Certificate]) -> Stamp:
    """The stamp in a TimeStampResp (DER). Raises `StampRefused` for another nonce or hash, a refusal, a signature that does not hold."""
    try:
        told = Response.load(answer, strict=True)
        status = told["status"]["status"].native
        token = told["time_stamp_token"]
        found = token["content"]["encap_content_info"]["content"].parsed["nonce"].native if status in GRANTED else None
        body: bytes = token.dump() if status in GRANTED else b""
    except (ValueError, TypeError, KeyError, AttributeError) as broken:
        raise StampRefused(reason="it is no TimeStampResp") from broken
    if status not in GRANTED:
        raise StampRefused(reason=f"the authority says: {status}")
    if found != nonce:
        raise StampRefused(reason="it answers another question (nonce)")
    return verify(body, digest, authorities)


def verify(token: bytes, digest: bytes, authorities: list[x509.Certificate]) -> Stamp:
    """The stamp that `token` (ContentInfo, DER) is, over the SHA-256 `digest`, by a certificate that leads to one of `authorities`.

    The certificate is judged at the stamp's own time, so that an old stamp outlives it. Raises `StampRefused`.
    """
    try:
        content = cms.ContentInfo.load(token, strict=True)
        signed: cms.SignedData = content["content"]
        info = signed["encap_content_info"]["content"].parsed
        at: datetime = info["gen_time"].native
        imprint = info["message_imprint"]
        same = imprint["hash_algorithm"]["algorithm"].native == "sha256" and imprint["hashed_message"].native == digest
    except (ValueError, TypeError, KeyError, AttributeError) as broken:
        raise StampRefused(reason="it is no time-stamp token") from broken
    if not same or len(digest) != DIGEST_BYTES:
        raise StampRefused(reason="it is over another hash")
    status = _status(signed, digest, at, authorities)
    if not (status.intact and status.valid):
        raise StampRefused(reason="its signature does not hold")
    if not status.trusted:
        raise StampRefused(reason="whoever signed it does not lead to KIOSK_TIMESTAMP_CA")
    return Stamp(at, token, status.signing_cert.subject.human_friendly)


def _status(signed: cms.SignedData, digest: bytes, at: datetime, authorities: list[x509.Certificate]) -> "TimestampSignatureStatus":
    # pyHanko takes a while to load, and every command imports this room's events.
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
    from pyhanko.sign.validation.status import TimestampSignatureStatus
    from pyhanko_certvalidator import ValidationContext

    roots = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in authorities]
    context = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False, revocation_mode="soft-fail")

    async def judge() -> dict[str, Any]:
        found: dict[str, Any] = await validate_tst_signed_data(signed, context, lambda _algorithm: digest)
        return found

    try:
        return TimestampSignatureStatus(**asyncio.run(judge()))
    except Exception as broken:  # a parser on bytes of somebody else's: whatever it is, the token is not kept
        raise StampRefused(reason=f"its signature cannot be judged ({type(broken).__name__})") from broken


def ask(url: str, digest: bytes, authorities: list[x509.Certificate], *, transport: httpx.AsyncBaseTransport | None = None) -> Stamp:
    """A stamp over the SHA-256 `digest` from the authority at `url`. Raises `StamperUnreachable`, `StampRefused`."""
    nonce = secrets.randbits(NONCE_BITS)
    limits = asking.Limits(LARGEST, WHOLE_S, httpx.Timeout(SILENCE_S))
    try:
        answer = asking.post(url, request(digest, nonce), {"content-type": ASKED, "accept": ANSWERED}, limits, transport)
    except httpx.HTTPError as broken:
        raise StamperUnreachable(reason=str(broken)[:200] or type(broken).__name__) from broken
    except asking.TooLarge:
        raise StampRefused(reason="it is far too large") from None
    if answer.status != httpx.codes.OK:
        raise StamperUnreachable(reason=f"HTTP {answer.status}")
    return read(answer.body, digest, nonce, authorities)
