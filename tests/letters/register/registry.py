"""An office that issues letters, in this process: its catalogue, the demonstration's keys, a clock that the test holds."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import select

import kiosk.happenings  # noqa: F401 (every kind of event)
from kiosk import seeds
from kiosk.core import schema, short
from kiosk.core.config import Settings
from kiosk.letters.document import letter as letters
from kiosk.letters.document.letter import Letter
from kiosk.letters.keys import demo, opening
from kiosk.letters.keys.opening import OpenedKey
from kiosk.letters.register import issuing
from kiosk.letters.register.issuing import Desk, Issued
from kiosk.letters.register.model import IssuanceEntry, RegisterEntry
from kiosk.sync.outbox import OutboxEvent

MORNING = datetime(2026, 11, 22, 1, 42, tzinfo=UTC)  # 09.42 in Samarinda
SERVICE = "kaltim-rekomendasi-penyelenggara-pameran"
HOLDER, ADDRESS = "Siti Rahmah", "Jalan Melati Nomor 7"


def letter(**changes: Any) -> Letter:
    """A letter of nobody, with what the test says of it."""
    return letters.of(
        {
            "template": "recommendation",
            "service": SERVICE,
            "recipient": {"name": HOLDER, "address": ADDRESS},
            "subject": "Rekomendasi kegiatan pameran",
            "body": ["Dengan ini kami memberikan rekomendasi."],
            "signatory": {"name": "Rahmawati Pelita", "title": "Kepala Dinas"},
            **changes,
        }
    )


@dataclass
class Registry:
    """`desk` makes letters; `do` runs a service in a transaction."""

    settings: Settings
    now: datetime = MORNING
    _keys: dict[str, OpenedKey] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return Desk(self.settings, partial(short.write, self.settings), partial(short.read, self.settings), "cli", lambda: self.now)

    def key(self, purpose: str = "letters") -> OpenedKey:
        if purpose not in self._keys:
            self._keys[purpose] = opening.open_key(self.settings, purpose, demo.PASSPHRASE, now=self.now)
        return self._keys[purpose]

    def issue(self, **changes: Any) -> Issued:
        return issuing.issue_letter(self.desk, letter(**changes), self.key())

    def do(self, what: Any, *args: Any, **words: Any) -> Any:
        return short.write(self.settings, lambda session: what(session, *args, **words))

    def see(self, what: Any, *args: Any, **words: Any) -> Any:
        return short.read(self.settings, lambda session: what(session, *args, **words))

    def rows(self) -> list[RegisterEntry]:
        return self.see(lambda s: list(s.exec(select(RegisterEntry).order_by(RegisterEntry.serial))))

    def log(self) -> list[IssuanceEntry]:
        return self.see(lambda s: list(s.exec(select(IssuanceEntry).order_by(IssuanceEntry.position))))

    def events(self, kind: str) -> list[str]:
        return self.see(lambda s: list(s.exec(select(OutboxEvent.body).where(OutboxEvent.kind == kind).order_by(OutboxEvent.seq))))


def registry(folder: Path, **words: Any) -> Registry:
    """The office Kaltim with the demonstration's keys, in `folder`."""
    settings = Settings(office="kaltim", data_dir=folder, demo=True, port=8000, **words)
    folder.mkdir(parents=True, exist_ok=True)
    schema.migrate(f"sqlite:///{settings.database}")
    made = Registry(settings)
    made.do(seeds.load, "kaltim", at=MORNING)
    made.do(demo.load, settings, MORNING)
    return made
