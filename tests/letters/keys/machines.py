"""Two computers and a stick: an office's node with its database, and a root's computer that has no line and no database."""

import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from typer.testing import CliRunner, Result

import kiosk.happenings  # noqa: F401 (every kind of event)
from kiosk import seeds
from kiosk.cli import cli
from kiosk.core import schema, short
from kiosk.core.config import Settings, settings
from kiosk.core.errors import KioskError
from kiosk.letters.keys import passphrases
from kiosk.letters.trust import service
from kiosk.letters.trust.knowledge import Knowledge

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
WORDS = "empat kata mudah diingat"


@cache
def loaded(office: str) -> bytes:
    """A database with the office in it, made once."""
    with TemporaryDirectory() as folder:
        here = Settings(data_dir=Path(folder), office=office)
        schema.migrate(f"sqlite:///{here.database}")
        short.write(here, lambda session: seeds.load(session, office, at=NOW))
        with sqlite3.connect(here.database) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.close()
        return here.database.read_bytes()


@dataclass
class Machine:
    """A computer with a data folder of its own."""

    data: Path
    office: str = "kaltim"
    demo: bool = False

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.data, office=self.office, demo=self.demo)

    def prepared(self) -> "Machine":
        """With the office's database."""
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "office.db").write_bytes(loaded(self.office))
        return self

    def run(self, *words: Any, words_of_root: str = WORDS, words_of_key: str = WORDS) -> Result:
        """A `kiosk` command here; its KioskError, if any, is the result's exception."""
        settings.cache_clear()
        env = {"KIOSK_DATA_DIR": str(self.data), "KIOSK_OFFICE": self.office, "KIOSK_DEMO": str(int(self.demo))}
        secrets = {passphrases.ROOT: words_of_root, passphrases.NODE: words_of_key}
        try:
            return CliRunner().invoke(cli, [str(word) for word in words], env={**env, **secrets})
        finally:
            settings.cache_clear()

    def did(self, *words: Any, **more: Any) -> str:
        """What a command that must go well prints."""
        done = self.run(*words, **more)
        assert done.exit_code == 0, (words, done.output, done.exception)
        return done.output

    def refused(self, *words: Any, **more: Any) -> KioskError:
        """Why a command is refused."""
        done = self.run(*words, **more)
        assert isinstance(done.exception, KioskError), (words, done.output, done.exception)
        return done.exception

    def write(self, job: Any) -> Any:
        return short.write(self.settings, job)

    def known(self) -> Knowledge:
        return short.read(self.settings, lambda session: service.knowledge_of(session, self.office))


@dataclass
class House:
    """A node, the root's computer, the root's disk and the stick that goes between them."""

    folder: Path

    def __post_init__(self) -> None:
        self.node = Machine(self.folder / "node").prepared()
        self.vault = Machine(self.folder / "vault")
        self.disk, self.stick = self.folder / "disk", self.folder / "stick"
        self.disk.mkdir()
        self.stick.mkdir()

    def rooted(self) -> "House":
        """With a root that the node trusts."""
        self.vault.did("keys", "root", self.disk, "--office", "kaltim", "--name", "DPMPTSP Provinsi Kalimantan Timur")
        self.vault.did("keys", "export-trust", self.stick / "root.trust", "--root", self.disk)
        self.node.did("keys", "pin", self.stick / "root.trust", "--yes")
        (self.stick / "root.trust").unlink()
        return self

    def certified(self, *purposes: str) -> "House":
        """With certified keys for these purposes."""
        for purpose in purposes:
            self.node.did("keys", "new", "--purpose", purpose, "--days", "365", "--request", self.stick)
        requests = sorted(self.stick.glob("*.request"))
        self.vault.did("keys", "certify", "--root", self.disk, *requests, "--yes")
        self.node.did("keys", "import-trust", self.stick)
        return self

    def copy(self, name: str) -> Path:
        """The root's disk as it is now, copied."""
        return Path(shutil.copytree(self.disk, self.folder / name))

    def files(self, pattern: str) -> list[Path]:
        return sorted((self.node.data / "keys").glob(pattern))
