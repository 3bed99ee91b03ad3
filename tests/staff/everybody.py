"""A node, and everybody who may stand before it: nobody, this machine, each kind of device, each role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher
from sqlmodel import Session

from kiosk.core.clock import utc_now
from kiosk.core.db import open_engine
from kiosk.devices.service import KINDS, enrol
from kiosk.staff.pins import NewPin
from kiosk.staff.rules import ROLES
from kiosk.staff.service import add_account
from tests.staff.wire import FENCE, Wire, told
from tests.support import Answer, Node

PIN = "270841"
# Weak on purpose: the hash says how it was made, so that hundreds of sign-ins cost nothing. Real ones are tested elsewhere.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
HYDRATE = FENCE.split(".")[0] + ".hydrate"
FROM_THE_NETWORK = {"x-forwarded-for": "192.168.1.7"}
NOBODY, THIS_MACHINE = "nobody", "here"
CALLERS = (NOBODY, THIS_MACHINE, *(f"device {kind}" for kind in KINDS), *ROLES)


@dataclass(frozen=True)
class Caller:
    """Somebody: what doors look at, and what is sent along."""

    name: str
    traits: frozenset[str]
    headers: dict[str, str]


class Everybody:
    """The callers of one node. A role's cookie is asked for when it is needed, and again when it was ended.

    `at`: the moment at which the node's clock stands; without one it goes as this machine's.
    """

    def __init__(self, data: Path, at: datetime | None = None) -> None:
        self._at, self.node = at, Node(data, env={"KIOSK_RATE_LIMITS": "off"})
        if at is not None:
            clock = data.parent / f"{data.name}.clock"
            clock.write_text(at.isoformat())
            self.node.module, self.node.env["TEST_CLOCK"] = "tests.clocked", str(clock)
        self.node.prepare()
        self.accounts, self.devices = self._fill()
        self.node.start()
        self.url, self._cookies, self._read, self._wires = self.node.url, {}, 0, 0
        with self.wire() as wire:
            self.at_first = told(wire.call(HYDRATE))  # what everybody's page holds before anything is loaded

    def _fill(self) -> tuple[dict[str, str], dict[str, str]]:
        engine, at = open_engine(self.node.data / "office.db", writing=True), self._at or utc_now()
        given = {"office_id": self.node.office, "at": at, "actor": "cli"}
        with Session(engine) as session:
            secret = NewPin(PIN, QUICK)
            accounts = {role: add_account(session, name=f"Uji {role}", roles=[role], secret=secret, **given).account_id for role in ROLES}
            devices = {kind: enrol(session, name=f"Uji {kind}", kind=kind, **given).token for kind in KINDS}
            session.commit()
        engine.dispose()
        return accounts, devices

    def sign_in(self, account: str, *, device: str = "staff") -> str:
        """The cookie of a new session, as a header's value."""
        bearer = {"authorization": f"Bearer {self.devices[device]}", **FROM_THE_NETWORK}
        answer = self.node.call("POST", "/api/v1/staff/session", {"account": account, "pin": PIN}, bearer)
        assert answer.status == 204, answer
        return answer.headers["set-cookie"].split(";")[0]

    def cookie(self, name: str) -> str | None:
        """The cookie header of this caller, None without one."""
        if name in self.accounts and name not in self._cookies:
            self._cookies[name] = self.sign_in(self.accounts[name])
        if name.startswith("device "):
            return f"kiosk_device={self.devices[name.removeprefix('device ')]}"
        return self._cookies.get(name)

    def forget(self, name: str) -> None:
        """The session of this role has ended."""
        self._cookies.pop(name, None)

    def caller(self, name: str) -> Caller:
        """How somebody calls over HTTP."""
        cookie = self.cookie(name)
        headers = ({} if name == THIS_MACHINE else FROM_THE_NETWORK) | ({"cookie": cookie} if cookie else {})
        return Caller(name, frozenset() if name == NOBODY else frozenset({name.removeprefix("device ")}), headers)

    def wire(self, name: str = NOBODY, **words) -> Wire:
        """A websocket of this caller."""
        self._wires += 1
        return Wire(self.url, cookie=self.cookie(name), **{"token": f"screen-{self._wires}", **words})

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        return self.node.call(method, path, body, headers)

    def refused(self) -> list[str]:
        """Handlers that the node refused since this was asked last, from its log."""
        with (self.node.data / "node.log").open("rb") as log:
            log.seek(self._read)
            fresh = log.read().decode(errors="replace")
            self._read = log.tell()
        return [line.split("handler='")[1].split("'")[0] for line in fresh.splitlines() if "kiosk.guard" in line and "handler='" in line]


def everybody(data: Path, at: datetime | None = None) -> Iterator[Everybody]:
    """The body of a fixture: a node of the module's own, because handlers that may run do run."""
    there = Everybody(data, at)
    yield there
    there.node.stop()
