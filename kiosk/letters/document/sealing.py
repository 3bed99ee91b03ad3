"""The seal of a letter: a PAdES signature (ETSI EN 319 142-1, level B-B) over the whole drawn file.

It certifies (ISO 32000-1, 12.8.2.2) that nothing may follow but further signatures: the certified signer adds its own later, when there
is a line. Whose later signature counts is for `checking` to say; every other change shows in any reader.
"""

import io
from datetime import datetime
from typing import Any

from kiosk.letters.keys.opening import OpenedKey

FIELD = "Surat"
ROOM = 2_500  # bytes of a CMS signature beside its certificates


def seal(pdf: bytes, key: OpenedKey, at: datetime) -> bytes:
    """`pdf` with a certifying signature of `key` that claims the time `at` (aware). Raises what the key's signer raises."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    how = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    room = 2 * (len(key.certificate) + sum(map(len, key.chain)) + ROOM)  # in hexadecimal; saves a trial signature
    signer = _signer(how, key.pades, SigFieldSpec(FIELD), at)
    sealed = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), bytes_reserved=room)
    return bytes(sealed.getvalue())


def _signer(how: Any, signer: Any, field: Any, at: datetime) -> Any:
    """pyHanko's signer with a clock of ours: it would write the moment of this computer into the file."""
    from pyhanko.sign.signers import PdfSigner

    class Timed(PdfSigner):
        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = at
            return session

    return Timed(how, signer=signer, new_field_spec=field)
