"""What came back from the certified signer: kept only if it is our letter with a certified signature, and nothing else.

That is our file, byte for byte, and behind it one signature of the known signer over all of it; pyHanko's analysis finds nothing else
that was added. It is what `kiosk.letters.checking` calls valid: a file that the signer wrote anew, without our signature, would be a letter
that our own check does not accept.
"""

from io import BytesIO
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from kiosk.letters.document.reading import record_in
from kiosk.letters.later.errors import NotOurLetter
from kiosk.letters.trust.certified import is_known_signer


def check(local: bytes, signed: bytes, known: tuple[x509.Certificate, ...]) -> None:
    """Raises `NotOurLetter` unless `signed` is the letter `local` with a certified signature of one of `known`."""
    try:
        _check(local, signed, known)
    except NotOurLetter:
        raise
    except Exception as broken:  # a parser on bytes of somebody else's: whatever it is, the file is not kept
        raise NotOurLetter(reason=f"the file is broken ({type(broken).__name__})") from broken


def _check(local: bytes, signed: bytes, known: tuple[x509.Certificate, ...]) -> None:
    record = record_in(signed)
    if record is None or record != record_in(local):
        raise NotOurLetter(reason="it holds another record, or none")
    signatures = PdfFileReader(BytesIO(signed)).embedded_signatures
    if not signed.startswith(local):
        raise NotOurLetter(reason="it is a file written anew, without our signature as it was")
    added = signatures[len(PdfFileReader(BytesIO(local)).embedded_signatures) :]
    if len(added) != 1:
        raise NotOurLetter(reason=f"{len(added)} signatures were added, not one")
    who, at = added[0].signer_cert, added[0].self_reported_timestamp
    if who is None or not is_known_signer(who.dump(), at, known):
        raise NotOurLetter(reason="KIOSK_SIGNER_CERTIFICATE does not name who signed it, for documents and at this time")
    for one in signatures:
        _hold(one, last=one is signatures[-1])


def _hold(signature: Any, *, last: bool) -> None:
    """Raises `NotOurLetter` unless this signature holds, and only signatures came after it."""
    certificate = signature.signer_cert
    # Who signed is judged by what is pinned; here only whether the bytes are the ones that were signed.
    context = ValidationContext(trust_roots=[certificate], other_certs=[], allow_fetching=False, revocation_mode="soft-fail")
    status = validate_pdf_signature(signature, signer_validation_context=context)
    if not (status.intact and status.valid):
        raise NotOurLetter(reason=f"the signature {signature.field_name} does not hold")
    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False:
        raise NotOurLetter(reason=f"it was changed after the signature {signature.field_name}")
    if last and status.coverage < SignatureCoverageLevel.ENTIRE_FILE:
        raise NotOurLetter(reason="the last signature does not cover the whole file")
