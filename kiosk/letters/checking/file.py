"""A PDF or a picture: read by a process of its own, judged here by the keys that this node knows."""

import logging
from dataclasses import replace

from cryptography import x509

from kiosk.letters.checking.facts import Facts, SealFacts
from kiosk.letters.checking.readers import Readers
from kiosk.letters.checking.reasons import BESIDE, BY_VERDICT
from kiosk.letters.keys.certificates import load_all, public_of
from kiosk.letters.trust.certified import is_known_signer
from kiosk.letters.trust.judging import CODE, DOCUMENT, Judgement, judge
from kiosk.letters.trust.knowledge import Knowledge
from kiosk.letters.trust.trust_list import LETTERS

Certified = tuple[x509.Certificate, ...]
log = logging.getLogger("kiosk.letters")
PLACES = {reason: place for place, group in enumerate((*BY_VERDICT.values(), BESIDE)) for reason in group}


def check(data: bytes, knowledge: Knowledge, now: int, *, readers: Readers | None = None, certified: Certified = ()) -> Judgement:
    """What the file `data` is worth at `now` (seconds since 1970 UTC) to somebody who knows `knowledge`.

    `readers`: whose processes read it; one of its own without. `certified`: certificates of the certified signer, who may sign beside the
    office. Raises `ReadersBusy`, and for what is in the file nothing.
    """
    facts = (readers or Readers(ahead=False)).read(data)
    log.info("letter read", extra={"peak_kb": facts.peak_kb, "unreadable": facts.unreadable, "sealed": facts.sealed})
    return weigh(facts, knowledge, now, certified)


def weigh(facts: Facts, knowledge: Knowledge, now: int, certified: Certified = ()) -> Judgement:
    """The verdict on what was read."""
    if facts.unreadable:
        return Judgement(CODE, "unreadable", reasons=(facts.unreadable,))
    if not facts.letters:
        return _without_letter(facts, knowledge, certified)
    several = Judgement(CODE, "altered", reasons=("several_codes",))  # which one is meant, nobody can say: as the browser judges its scan
    found = several if len(facts.letters) > 1 else judge(facts.letters[0], knowledge, now)
    if not facts.sealed:
        return found
    found = _weigh_document(facts, found.in_scope(DOCUMENT), knowledge, certified)
    return replace(found, reasons=tuple(sorted(found.reasons, key=lambda reason: PLACES[reason])))  # the worst first, as of a code


def _without_letter(facts: Facts, knowledge: Knowledge, certified: Certified) -> Judgement:
    """No letter's code. A file with our record in it is a letter whose code was taken away or covered."""
    if facts.sealed and facts.record_hash:
        return _weigh_seals(facts.seals, Judgement(DOCUMENT, "altered", reasons=("picture_differs",)), knowledge, certified)
    if not facts.foreign:
        return Judgement(CODE, "unreadable", reasons=("no_code_found",))
    return Judgement(CODE, "not_ours", reasons=("foreign_code" if facts.foreign == 1 else "no_letter_code",))


def _weigh_document(facts: Facts, found: Judgement, knowledge: Knowledge, certified: Certified) -> Judgement:
    """Signature, record, words and pages of a PDF; each finding has its own reason."""
    found = _weigh_seals(facts.seals, found, knowledge, certified)
    if facts.record_hash is None:
        found = found.with_reasons("altered", "record_missing")
    elif found.claims is not None and facts.record_hash != found.claims.record_hash.hex():
        found = found.with_reasons("altered", "record_differs")
    if facts.differences == ("format_unknown",):  # a newer program's: when it is whole and signed, still only the code was checked
        return found if found.verdict == "altered" else found.in_scope(CODE)
    return found.with_reasons("altered", *facts.differences) if facts.differences else found


def _weigh_seals(seals: tuple[SealFacts, ...] | None, found: Judgement, knowledge: Knowledge, certified: Certified) -> Judgement:
    """One signature, by a key for letters of the code's own office, over the whole file; behind it the certified signer's at most."""
    if seals is None:
        return found.with_reasons("altered", "pades_wrong")
    if not seals:
        return found.with_reasons("altered", "pades_missing")
    first = seals[0]
    if not first.fits:
        found = found.with_reasons("altered", "pades_wrong")
    if not _is_untouched(seals, certified):
        found = found.with_reasons("altered", "changed_after_signing")
    return found if _is_offices(first, found, knowledge) else found.with_reasons("unknown_issuer", "pdf_signer_unknown")


def _is_untouched(seals: tuple[SealFacts, ...], certified: Certified) -> bool:
    """Whether nothing stands behind the office's signature, or the certified signer's alone, which then covers the whole file."""
    first, *later = seals
    if not later:
        return first.whole and first.changes == "none"
    last = later[0]
    return (
        len(later) == 1
        and first.changes != "other"
        and last.whole
        and last.fits
        and last.changes == "none"
        and is_known_signer(last.certificate, last.at, certified)
    )


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
    return next((public_of(one) for one in load_all([certificate])), None)
