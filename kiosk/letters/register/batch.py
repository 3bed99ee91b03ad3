"""Letters as the command gets them: one file, a folder of files, or JSON lines; read and checked whole before the first number is given."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from kiosk.core.chain import canonical
from kiosk.core.ids import derived_id
from kiosk.letters.document import letter as letters
from kiosk.letters.document.errors import LetterWrong
from kiosk.letters.document.letter import Letter
from kiosk.letters.register.errors import DataWrong, ManyWrong

LARGEST = 64_000_000  # bytes of JSON lines
NOTHING = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Wanted:
    """A letter to be issued: `source` is its file, or file and line; `out` where its PDF goes. `id` is none for a letter by itself."""

    source: str
    letter: Letter
    out: Path
    id: str | None = None


def read(data: Path, out: Path) -> list[Wanted]:
    """The letters of `data` (a letter.json, a folder of them, or JSON lines) in their order, with the places of their PDFs.

    A letter by itself goes to the file `out`; many go into the folder `out`, named after their files or lines, and each has an id that
    follows from its source, its words and that place: the same batch once more issues nothing twice. Raises `DataWrong` with every fault.
    """
    if data.is_dir():
        files = sorted(data.glob("*.json"))
        if not files:
            raise DataWrong(file=data, reason="no file *.json in it")
        return _many([(one.name, one.stem, one.read_bytes()) for one in files], out)
    content = data.read_bytes()
    if data.suffix != ".jsonl":
        return [Wanted(data.name, _letter(data.name, content), out)]
    if len(content) > LARGEST:
        raise DataWrong(file=data.name, reason=f"larger than {LARGEST} bytes")
    lines = [(number, line) for number, line in enumerate(content.splitlines(), start=1) if line.strip()]
    if not lines:
        raise DataWrong(file=data.name, reason="no letter in it")
    return _many([(f"{data.name} line {number}", f"{data.stem}-{number:05d}", line) for number, line in lines], out)


def _many(parts: list[tuple[str, str, bytes]], out: Path) -> list[Wanted]:
    wanted, wrong = [], []
    for source, stem, content in parts:
        try:
            letter = _letter(source, content)
        except DataWrong as fault:
            wrong.append(str(fault))
        else:
            place = out / f"{stem}.pdf"
            wanted.append(Wanted(source, letter, place, _id(source, letter, place)))
    if wrong:
        raise ManyWrong(count=len(wrong), all=len(parts), faults=" ".join(wrong))
    return wanted


def _letter(source: str, content: bytes) -> Letter:
    try:
        return letters.read(content)
    except LetterWrong as wrong:
        raise DataWrong(file=source, reason="; ".join(fault.text("en") for fault in wrong.faults)) from None


def _id(source: str, letter: Letter, place: Path) -> str:
    words = {"source": source, "letter": json.loads(letter.model_dump_json()), "place": str(place.resolve())}
    return derived_id(NOTHING, hashlib.sha256(canonical(words)).hexdigest())
