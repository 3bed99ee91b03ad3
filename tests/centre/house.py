"""A real centre, as a process of its own, and the way a node comes to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text

from kiosk.core.db import open_engine
from tests.support import ROOT, START_SECONDS, Answer, Node, fetch, free_port


@dataclass
class Centre:
    """`start`, `stop` (SIGTERM) and `kill` (SIGKILL) a centre on a data folder that outlives it.

    `database` is a PostgreSQL address; without one it is SQLite in the folder. `reached_at` is where nodes are sent, when that is a proxy.
    """

    data: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    env: dict[str, str] = field(default_factory=dict)
    reached_at: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"KIOSK_CENTRE_PORT": str(self.port), "KIOSK_DATA_DIR": str(self.data)}
        own |= {"KIOSK_DATABASE_URL": self.database} if self.database else {}
        return {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")} | own | self.env

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The `kiosk centre` command on this centre."""
        command = [sys.executable, "-m", "kiosk", "centre", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=60)

    def prepare(self, *offices: str) -> "Centre":
        """Migrate, and load `offices`."""
        for words in (("migrate",), *(("office", "add", office) for office in offices or ("kaltim",))):
            done = self.run(*words)
            assert done.returncode == 0, done.stderr
        return self

    def start(self) -> "Centre":
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "centre.log").open("ab") as log:
            command = [sys.executable, "-m", "kiosk", "centre", "serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/readyz").status == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.data / "centre.log").read_text()[-4000:])

    def end(self, number: int) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(20)

    def stop(self) -> int:
        return self.end(signal.SIGTERM) if self.process and self.process.poll() is None else 0

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        return fetch(self.url, method, path, body, headers)

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, headers=headers)

    def code(self, office: str = "kaltim") -> str:
        """A fresh enrolment code."""
        made = self.run("code", office)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def enrol(self, node: Node, *words: str) -> str:
        """Make `node` (prepared; running or not) a node of its office; gives its id at the centre."""
        done = node.run("sync", "enrol", self.code(node.office), "--centre", self.reached_at or self.url, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[-1]

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """To look into the database."""
        made = create_engine(self.database) if self.database else open_engine(self.data / "centre.db")
        yield made
        made.dispose()

    def rows(self, asked: str, **words: Any) -> list[tuple[Any, ...]]:
        with self.engine() as engine, engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(asked), words)]

    def held(self, office: str = "kaltim") -> list[str]:
        """Ids of the events that the centre holds of an office, in the order of its chain."""
        asked = "SELECT event_id FROM centre_event WHERE office_id = :office ORDER BY node_id, epoch, seq"
        return [row[0] for row in self.rows(asked, office=office)]
