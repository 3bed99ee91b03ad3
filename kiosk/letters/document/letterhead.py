"""The head of an office's letters: whose office it is, its name, where it is found, and its mark."""

import base64
import struct
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.core.build import ROOT
from kiosk.core.office import Office
from kiosk.letters.document.configured import checked
from kiosk.letters.document.errors import TemplateDamaged
from kiosk.letters.document.words import Plain

SEEDS = ROOT / "db/seeds/letterheads"
LARGEST_MARK = 200_000  # bytes
MOST_PIXELS = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"
Line = Annotated[Plain, Field(min_length=1, max_length=120)]


class Letterhead(BaseModel):
    """`authority` is whose office it is, `lines` its address, `place` the town for the date, `mark` a PNG of its crest (base64) or None: ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    authority: Line
    name: Annotated[Plain, Field(min_length=1, max_length=200)]
    lines: Annotated[tuple[Line, ...], Field(max_length=4)] = ()
    place: Line
    mark: str | None = None
    office_id: str = ""

    @property
    def picture(self) -> bytes | None:
        """The crest as PNG."""
        return base64.b64decode(self.mark) if self.mark else None

    @model_validator(mode="after")
    def _small(self) -> Self:
        if self.mark is not None:
            picture = base64.b64decode(self.mark, validate=True)
            if picture[:8] != PNG or len(picture) > LARGEST_MARK:
                raise ValueError(f"the mark is a PNG of at most {LARGEST_MARK} bytes")
            width, height = struct.unpack(">II", picture[16:24])
            if not 0 < width * height <= MOST_PIXELS:
                raise ValueError(f"the mark has at most {MOST_PIXELS} pixels")
        return self


def of(office: Office, own: Path | None = None) -> Letterhead:
    """The head of `office`: its own file (`letterhead.yaml` and `mark.png` in the folder `own`), the seed's, or what the office's row says.

    Raises `TemplateDamaged`.
    """
    file = next((path for path in _files(office.office_id, own) if path.exists()), None)
    if file is None:
        return Letterhead(authority=f"Pemerintah {office.region}", name=office.name, place=office.region, office_id=office.office_id)
    head = checked(file, Letterhead)
    mark = file.parent / "mark.png"
    if own is None or file.parent != own or not mark.exists():
        return head.model_copy(update={"office_id": office.office_id})
    try:
        picture = base64.b64encode(mark.read_bytes()).decode()
        return Letterhead.model_validate({**head.model_dump(), "mark": picture, "office_id": office.office_id})
    except ValueError as wrong:
        raise TemplateDamaged(file=mark.name, place="-", reason=str(wrong).splitlines()[-2].strip()) from None


def _files(office_id: str, own: Path | None) -> list[Path]:
    return [*([own / "letterhead.yaml"] if own is not None else []), SEEDS / f"{office_id}.yaml"]
