"""A real office node, as a process of its own, for tests and benches."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
START_SECONDS = 90  # a busy machine; nothing here measures time
# What says nothing of what `migrate` and `seed` write: nodes that differ in these alone begin as copies of one prepared folder.
SET_ASIDE = {"KIOSK_PORT", "KIOSK_HTTPS_PORT", "KIOSK_DATA_DIR", "KIOSK_RATE_LIMITS", "KIOSK_PRINTER"}
# What no second folder may have: a copy of the node's key is a twin to the centre; locks and SQLite's own files belong to a process.
OWN = shutil.ignore_patterns("node-key.pem", "*.lock", "*-wal", "*-shm", "node.log")
_prepared: dict[tuple[tuple[str, str], ...], Path] = {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Node:
    """`start`, `stop` (SIGTERM) and `kill` (SIGKILL) a node on a data folder that outlives it."""

    data: Path
    office: str = "kaltim"
    port: int = field(default_factory=free_port)
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    module: str = "kiosk"  # what is run: the command, or the command on a clock that the test sets
    folder: Path = ROOT  # of the code

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"KIOSK_OFFICE": self.office, "KIOSK_PORT": str(self.port), "KIOSK_DATA_DIR": str(self.data), "KIOSK_DEMO": "on"}
        return {k: v for k, v in os.environ.items() if not k.startswith("KIOSK_")} | own | self.env

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The `kiosk` command on this node's folder."""
        return subprocess.run(
            [sys.executable, "-m", self.module, *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def prepare(self, *, anew: bool = False) -> "Node":
        """Migrate and seed, once for all nodes that are alike. `anew`: by itself, so that no id is another node's too."""
        if anew or self.module != "kiosk" or self.folder != ROOT:
            return self._prepare()
        alike = tuple(sorted((k, v) for k, v in self.environment.items() if k.startswith("KIOSK_") and k not in SET_ASIDE))
        if alike not in _prepared:
            folder = Path(tempfile.mkdtemp(prefix="kiosk-prepared-"))
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            Node(folder, self.office, self.port, self.env)._prepare()
            _prepared[alike] = folder
        shutil.copytree(_prepared[alike], self.data, ignore=OWN, dirs_exist_ok=True)
        return self

    def _prepare(self) -> "Node":
        for word in ("migrate", "seed"):
            done = self.run(word)
            assert done.returncode == 0, done.stderr
        return self

    def start(self) -> "Node":
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "node.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, "serve"], cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/readyz").status == 200:
                    return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.data / "node.log").read_text()[-4000:])

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

    def token(self, kind: str = "kiosk") -> str:
        done = self.run("device", "enrol", "Kios uji", "--kind", kind, "--token")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def sign_in(self, role: str) -> str:
        """Cookie header of the first of the demo staff with `role`."""
        from kiosk.staff.demo import accounts

        name, _, pin = next(account for account in accounts(self.office) if role in account[1])
        listed = self.call("GET", "/api/v1/staff/accounts", headers={"authorization": f"Bearer {self._staff_token}"}).body
        account_id = next(one["id"] for one in listed if one["name"] == name)
        answer = self.call(
            "POST", "/api/v1/staff/session", {"account": account_id, "pin": pin}, {"authorization": f"Bearer {self._staff_token}"}
        )
        assert answer.status == 204, answer
        return next(value for key, value in answer.headers.items() if key.lower() == "set-cookie").split(";")[0]

    @property
    def _staff_token(self) -> str:
        if "_token" not in self.__dict__:
            self.__dict__["_token"] = self.token()
        return str(self.__dict__["_token"])


def fetch(url: str, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
    """One HTTP call to the server at `url`; `body` goes as JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, {"content-type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return _answer(response.status, response.read(), dict(response.headers))
    except urllib.error.HTTPError as refused:
        return _answer(refused.code, refused.read(), dict(refused.headers))


def _answer(status: int, raw: bytes, headers: dict[str, str]) -> Answer:
    try:
        body = json.loads(raw) if raw else None
    except ValueError:
        body = raw.decode(errors="replace")
    return Answer(status, body, {key.lower(): value for key, value in headers.items()})
