"""The signatures of a PDF (PAdES, ETSI EN 319 142-1), as pyHanko sees them. Whom they belong to is judged elsewhere, by the trust list.

pyHanko finds what was changed after signing, where other readers only look whether the signed part is whole.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Literal

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
Changes = Literal["none", "forms", "other"]


@dataclass(frozen=True)
class Seal:
    """One signature. `certificate`: DER. `fits`: the signed bytes are those that were signed. `whole`: they are the whole file.

    `changes`: what was added behind it: nothing, forms filled in and signatures, or anything else. `at`: when, as the signer says.
    """

    certificate: bytes
    fits: bool
    whole: bool
    changes: Changes
    at: datetime | None


class SealBroken(Exception):
    """The file's structure or a signature cannot be read strictly."""


@cache
def prepare() -> asyncio.AbstractEventLoop:
    """The loop in which pyHanko validates: it needs sockets to be made, so it is made before there can be none."""
    return asyncio.new_event_loop()


def seals_of(data: bytes) -> list[Seal]:
    """The signatures in the order in which they were made. Raises `SealBroken`."""
    try:
        found = PdfFileReader(BytesIO(data), strict=True).embedded_signatures
        return [_seal(one, data) for one in found]
    except MemoryError:
        raise
    except Exception as fault:  # whatever pyHanko and asn1crypto raise for bytes that somebody else wrote
        raise SealBroken from fault


def _seal(one: EmbeddedPdfSignature, data: bytes) -> Seal:
    certificate = one.signer_cert
    # The certificate is its own anchor: what counts is the key, which the trust list knows or does not. Its time is that of the signing.
    moment: datetime | None = one.self_reported_timestamp
    context = ValidationContext(trust_roots=[certificate], allow_fetching=False, moment=moment, revocation_mode="soft-fail")
    status = prepare().run_until_complete(async_validate_pdf_signature(one, context))
    fits = bool(status.intact and status.valid and status.trusted and status.seed_value_ok)
    return Seal(certificate.dump(), fits, _is_whole(one, data), _changes(one.diff_result), moment)


def _is_whole(one: EmbeddedPdfSignature, data: bytes) -> bool:
    """Everything is signed but the signature's own hexadecimal digits, which stand in the gap and nothing else does."""
    ranges = [int(number) for number in one.byte_range]
    if len(ranges) != 4 or ranges[0] != 0:
        return False
    _, end, start, rest = ranges
    gap = data[end:start]
    try:
        own = bytes.fromhex(gap[1:-1].decode("ascii"))
    except ValueError:
        return False
    return start + rest == len(data) and gap[:1] == b"<" and gap[-1:] == b">" and own == one.pkcs7_content


def _changes(found: object) -> Changes:
    if not isinstance(found, DiffResult) or found.modification_level == ModificationLevel.OTHER:
        return "other"
    return "none" if found.modification_level == ModificationLevel.NONE else "forms"
