"""What the reading process tells of a file: one line of JSON. It knows no keys and judges nothing but what the file itself shows."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Base64Bytes, BaseModel, ConfigDict, Field

from kiosk.letters.checking.limits import MOST_CODES
from kiosk.letters.qr.text import MOST

ONLY_PICTURES = "picture"  # the word with which the process is started that loads what pictures need alone
READY = b"+"  # what the process says before its line, once it has locked itself in
MOST_LINE = 512 * 1024  # bytes of the answer; no honest one comes near it
MOST_SEALS = 20
Text = Annotated[str, Field(max_length=MOST + 100)]


class SealFacts(BaseModel):
    """One signature of a PDF (`seals.Seal`)."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)
    certificate: Base64Bytes = Field(max_length=16 * 1024)
    fits: bool
    whole: bool
    changes: Literal["none", "forms", "other"]
    at: AwareDatetime | None


class Facts(BaseModel):
    """`letters`: texts that have the shape of a letter's code; `foreign`: how many others were there.

    Of a PDF with a signature or an attachment (`sealed`): `seals` (None when they cannot be read), the record's `record_hash` (16 bytes,
    hexadecimal), and `differences` to a fresh drawing of that record (format_unknown: this version cannot draw it).
    `unreadable`: a reason, when nothing else can be told.
    `guarded`: system calls were filtered. `narrowed`: no file but the program's own could be read. `peak_kb`: the most memory
    that was resident.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    unreadable: Literal[
        "broken_pdf", "encrypted_pdf", "too_many_pages", "broken_picture", "too_many_pixels", "reading_took_too_long", "too_large", None
    ] = None
    letters: tuple[Text, ...] = Field((), max_length=MOST_CODES)
    foreign: int = Field(0, ge=0)
    sealed: bool = False
    seals: tuple[SealFacts, ...] | None = Field((), max_length=MOST_SEALS)
    record_hash: str | None = Field(None, pattern=r"^[0-9a-f]{32}$")
    differences: tuple[Literal["text_differs", "picture_differs", "record_differs", "format_unknown"], ...] = ()
    guarded: bool = False
    narrowed: bool = False
    peak_kb: int = Field(0, ge=0)
