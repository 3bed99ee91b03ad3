"""The head of an office's letters: whose office it is, its name, where it is found, and its crest."""

import io
import struct
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kiosk.core.build import ROOT
from kiosk.core.office import Office
from kiosk.letters.document.configured import checked
from kiosk.letters.document.errors import TemplateDamaged
from kiosk.letters.document.words import Plain

SEEDS = ROOT / "db/seeds/letterheads"
FILE, CREST = "letterhead.yaml", "crest.png"
LARGEST_CREST, MOST_PIXELS = 200_000, 1_000_000  # bytes; it goes into every letter
PNG = b"\x89PNG\r\n\x1a\n"
Line = Annotated[Plain, Field(min_length=1, max_length=120)]


class Letterhead(BaseModel):
    """`authority`: whose office it is; `lines`: its address; `place`: the town before the date; `crest`: a PNG, without one our mark."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    authority: Line
    name: Annotated[Plain, Field(min_length=1, max_length=200)]
    lines: Annotated[tuple[Line, ...], Field(max_length=4)] = ()
    place: Line
    crest: bytes | None = None


def of(office: Office, own: Path | None = None) -> Letterhead:
    """The head of `office`: its own file, the seed's, or what the office's row says; with `crest.png` when the folder `own` has one.

    Raises `TemplateDamaged`.
    """
    files = [*([own / FILE] if own is not None else []), SEEDS / f"{office.office_id}.yaml"]
    file = next((path for path in files if path.exists()), None)
    if file is not None:
        head = checked(file, Letterhead)
    else:
        head = Letterhead(authority=f"Pemerintah {office.region}", name=office.name, place=office.region)
    if own is None or not (own / CREST).exists():
        return head
    return head.model_copy(update={"crest": _crest(own / CREST)})


def _crest(path: Path) -> bytes:
    from PIL import Image

    picture = path.read_bytes()
    if picture[:8] != PNG or not 24 <= len(picture) <= LARGEST_CREST:
        raise TemplateDamaged(file=path.name, place="-", reason=f"not a PNG of at most {LARGEST_CREST} bytes")
    width, height = struct.unpack(">II", picture[16:24])
    if not 0 < width * height <= MOST_PIXELS:
        raise TemplateDamaged(file=path.name, place="-", reason=f"more than {MOST_PIXELS} pixels")
    try:
        Image.open(io.BytesIO(picture)).load()
    except (OSError, SyntaxError, ValueError) as broken:
        raise TemplateDamaged(file=path.name, place="-", reason=str(broken)) from None
    return picture
