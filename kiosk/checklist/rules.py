"""The code of a finished checklist, and what a sign-off means: pure functions.

```
1.<service>.<digest>.<id>.<answers>.<check>
```
`digest` are the first 12 characters of the standard's, `id` the checklist's UUID without hyphens, `answers` one letter for each
requirement in the document's order, `check` the CRC-32 (ISO-HDLC, as in RFC 1952) of what stands before its point, in hex. The
same in JavaScript: `code.js`. The check finds a slip of the reader; it is no secret and proves nothing: an officer looks at papers.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.checklist.errors import CodeBroken, CodeForeign, CodeLong

HAVE, LACK, UNSURE, NOT_NEEDED = "hmux"
FOUND, MISSING = "fm"  # what an officer says of a paper; or NOT_NEEDED
DIGEST = 12
LONGEST = 500  # characters: an address of 200 and the longest service
MOST_PAPERS = 60
SERVICE = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SHAPE = re.compile(rf"1\.({SERVICE})\.([0-9a-f]{{{DIGEST}}})\.([0-9a-f]{{32}})\.([hmux]{{1,{MOST_PAPERS}}})\.([0-9a-f]{{8}})")


@dataclass(frozen=True)
class Code:
    """What a code says. `id` is a UUID in its usual spelling."""

    service: str
    digest: str
    id: str
    answers: str


def encode(code: Code) -> str:
    """The text that the QR code carries behind the address.

    >>> encode(Code("izin", "0123456789ab", "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "hmux"))
    '1.izin.0123456789ab.0190a5f07b3c7d2e9a1b0c2d3e4f5a6b.hmux.b8b72f44'
    """
    body = ".".join(("1", code.service, code.digest[:DIGEST], code.id.replace("-", ""), code.answers))
    return f"{body}.{_check(body)}"


def decode(scanned: str) -> Code:
    """The code in what a scanner typed or somebody pasted: an address with the code behind `#`, or the code alone.

    A scanner with its capitals locked is understood. Raises `CodeLong`, `CodeForeign` for anything that is no checklist's code,
    `CodeBroken` for one that lacks a part or whose check does not hold.

    >>> decode("HTTP://KIOS.LAN/CHECKLIST#1.IZIN.0123456789AB.0190A5F07B3C7D2E9A1B0C2D3E4F5A6B.HMUX.B8B72F44").answers
    'hmux'
    """
    if len(scanned) > LONGEST:
        raise CodeLong()
    text = scanned.strip().lower().rpartition("#")[2]
    if not text.startswith("1."):
        raise CodeForeign()
    found = SHAPE.fullmatch(text)
    if found is None or _check(text.rpartition(".")[0]) != found[5]:
        raise CodeBroken()
    service, digest, plain, answers, _ = found.groups()
    return Code(service, digest, "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:])), answers)


def _check(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def fits(code: Code, digest: str, conditional: Sequence[bool]) -> bool:
    """Whether `code` was made of the list with this digest; `conditional` says of each requirement whether it may not apply.

    >>> fits(Code("izin", "0123456789ab", "", "hx"), "0123456789abcdef", [False, True])
    True
    >>> fits(Code("izin", "0123456789ab", "", "xh"), "0123456789abcdef", [False, True])
    False
    """
    answers = zip(code.answers, conditional, strict=False)
    return (
        code.digest == digest[:DIGEST]
        and len(code.answers) == len(conditional)
        and all(depends or answer != NOT_NEEDED for answer, depends in answers)
    )


def is_whole(checked: str, conditional: Sequence[bool]) -> bool:
    """Whether an officer judged every paper of a list that has any.

    >>> is_whole("fmx", [False, False, True]), is_whole("fx", [False, False]), is_whole("f", [False, False]), is_whole("", [])
    (True, False, False, False)
    """
    allowed = zip(checked, conditional, strict=False)
    return (
        0 < len(checked) == len(conditional)
        and set(checked) <= {FOUND, MISSING, NOT_NEEDED}
        and all(depends or mark != NOT_NEEDED for mark, depends in allowed)
    )


def missing(checked: str, papers: Sequence[str]) -> list[str]:
    """The papers that an officer did not find.

    >>> missing("fmx", ["KTP", "Denah", "Surat kuasa"])
    ['Denah']
    """
    return [paper for mark, paper in zip(checked, papers, strict=True) if mark == MISSING]
