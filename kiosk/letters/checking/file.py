"""A PDF or a picture: read by a process of its own, judged here by the keys that this node knows."""

import logging

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.letters.checking.facts import Facts, SealFacts
from kiosk.letters.checking.readers import Readers
from kiosk.letters.trust.judging import CODE, DOCUMENT, Judgement, judge
from kiosk.letters.trust.knowledge import Knowledge
from kiosk.letters.trust.trust_list import LETTERS

log = logging.getLogger("kiosk.letters")


def check(data: bytes, knowledge: Knowledge, now: int, *, readers: Readers | None = None) -> Judgement:
    """What the file `data` is worth at `now` (seconds since 1970 UTC) to somebody who knows `knowledge`.

    `readers`: whose processes read it; one of its own without. Raises `ReadersBusy`, and for what is in the file nothing.
    """
    facts = (readers or Readers(ahead=False)).read(data)
    log.info("letter read", extra={"peak_kb": facts.peak_kb, "unreadable": facts.unreadable, "sealed": facts.sealed})
    return weigh(facts, knowledge, now)


def weigh(facts: Facts, knowledge: Knowledge, now: int) -> Judgement:
    """The verdict on what was read."""
    if facts.unreadable:
        return Judgement(CODE, "unreadable", reasons=(facts.unreadable,))
    if not facts.letters:
        return _without_letter(facts)
    found = judge(facts.letters[0], knowledge, now)
    for text in facts.letters[1:]:
        found = found.with_reasons(judge(text, knowledge, now).verdict)  # several codes are no better than the worst of them
    if len(facts.letters) > 1:
        found = found.with_reasons("altered", "several_codes")
    return _weigh_document(facts, found.in_scope(DOCUMENT), knowledge) if facts.sealed else found


def _without_letter(facts: Facts) -> Judgement:
    """No letter's code. A file with our record in it is a letter whose code was taken away or covered."""
    if facts.sealed and facts.record_hash:
        return Judgement(DOCUMENT, "altered", reasons=("picture_differs",))
    if not facts.foreign:
        return Judgement(CODE, "unreadable", reasons=("no_code_found",))
    return Judgement(CODE, "not_ours", reasons=("foreign_code" if facts.foreign == 1 else "no_letter_code",))


def _weigh_document(facts: Facts, found: Judgement, knowledge: Knowledge) -> Judgement:
    """Signature, record, words and pages of a PDF; each finding has its own reason."""
    found = _weigh_seals(facts.seals, found, knowledge)
    if facts.record_hash is None:
        found = found.with_reasons("altered", "record_missing")
    elif found.claims is not None and facts.record_hash != found.claims.record_hash.hex():
        found = found.with_reasons("altered", "record_differs")
    return found.with_reasons("altered", *facts.differences) if facts.differences else found


def _weigh_seals(seals: tuple[SealFacts, ...] | None, found: Judgement, knowledge: Knowledge) -> Judgement:
    """One signature, by a key for letters of the code's own office, over the whole file."""
    if seals is None:
        return found.with_reasons("altered", "pades_wrong")
    if not seals:
        return found.with_reasons("altered", "pades_missing")
    first = seals[0]
    if not first.fits:
        found = found.with_reasons("altered", "pades_wrong")
    if len(seals) > 1 or not first.whole or first.changes != "none":
        found = found.with_reasons("altered", "changed_after_signing")
    return found if _is_offices(first, found, knowledge) else found.with_reasons("unknown_issuer", "pdf_signer_unknown")


def _is_offices(seal: SealFacts, found: Judgement, knowledge: Knowledge) -> bool:
    """Whether a key that may sign letters of the code's office, at the time of the code, made the signature.

    A code that was not verified names no office: nothing is said of the signer then.
    """
    if found.claims is None or found.office is None:
        return True
    public = _public(seal.certificate)
    then = found.claims.issued_at
    keys = [key for one in knowledge.lists for key in one.keys if key.public == public and key.office == found.office]
    own = [key for key in keys if key.purpose == LETTERS and key.covers(then)]
    # The code's own key was judged with the code; a letter that was established before the theft of its key stays good.
    return bool(own) and (own[0].kid == found.key or not any(key.is_revoked_for(then) for key in keys))


def _public(certificate: bytes) -> bytes | None:
    """The certificate's key as trust lists write it: 65 bytes; None for another kind of key."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
    except ValueError:
        return None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return None
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
