"""An office with one sealed letter, for the tests of checking; and a second way to make a letter, of which the test holds every part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from kiosk.letters.checking import documents, file
from kiosk.letters.checking.child import told
from kiosk.letters.document import attaching, drawing, sealing
from kiosk.letters.document import record as records
from kiosk.letters.keys.opening import OpenedKey
from kiosk.letters.qr import aad, cbor, claims, sign1
from kiosk.letters.qr.claims import Claims
from kiosk.letters.qr.text import to_text
from kiosk.letters.trust import service as trust
from kiosk.letters.trust.judging import Judgement
from kiosk.letters.trust.knowledge import Knowledge
from tests.letters.register.registry import Registry, registry

HOST = "localhost:8000"
CHECK_CODE = "0123456789AB"


@dataclass
class Office:
    """`registry`: the office; `knowledge`: what it knows; `key` signs its letters; `pdf`: one as issued, `record` what it shows."""

    registry: Registry
    knowledge: Knowledge
    key: OpenedKey
    pdf: bytes
    record: dict[str, Any]

    @property
    def now(self) -> int:
        return int(self.registry.now.timestamp())

    def code(self, record: dict[str, Any], *, signer: Any = None, host: str = HOST, **changes: Any) -> str:
        """The text of a code for `record`."""
        own = Claims(record["number"], record["recipient"]["name"], record["service"], records.hash16(record), 77, self.now)
        return to_text(host, sign1.make(claims.encode(replace(own, **changes)), signer or self.key.signer, aad.LETTER))

    def make(self, **parts: Any) -> bytes:
        """A letter of parts: `record` drawn, with the code `qr`, changed by `before` and sealed by `key`; None seals nothing."""
        shown = parts.get("record", self.record)
        drawn = drawing.draw(shown, parts.get("qr") or self.code(parts.get("coded", shown)))
        before: Callable[[bytes], bytes] = parts.get("before", lambda pdf: pdf)
        key = parts.get("key", self.key)
        return before(drawn) if key is None else sealing.seal(before(drawn), key, datetime.fromtimestamp(self.now, UTC))

    def judge(self, data: bytes, now: int | None = None) -> Judgement:
        """The verdict, read in this process: what the process of its own does is tested elsewhere."""
        return file.weigh(told(data), self.knowledge, now or self.now)


def office(folder: Path) -> Office:
    """The office Kaltim of the demonstration, with a letter."""
    made = registry(folder / "data")
    issued = made.issue(valid_until="2027-11-22")
    knowledge = made.see(trust.knowledge_of, "kaltim")
    pdf = issued.path.read_bytes()
    documents.prepare()
    kept = documents.Sheets(pdf).attachment(attaching.NAME)
    assert kept is not None
    return Office(made, knowledge, made.key(), pdf, cbor.decode(kept))


def rendered(pdf: bytes, dpi: int = 200) -> Image.Image:
    """The first page as a picture."""
    picture: Image.Image = pdfium.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
    return picture.convert("RGB")


def saved(picture: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
