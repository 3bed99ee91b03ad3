"""The office of the machine with two touchscreens: they issue numbers of their own lanes, and visitors answer the survey on them."""

import atexit
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import Engine, select
from sqlmodel import Session

from kiosk.centre import projector
from kiosk.core.chain import Head
from kiosk.core.halves import HalfDay
from kiosk.core.ids import new_id
from kiosk.devices.intake import Given, take_in
from kiosk.devices.service import DeviceIdentity
from kiosk.queues import entries  # noqa: F401  (registers what it takes in)
from kiosk.survey import entries as survey_entries  # noqa: F401  (the same)
from kiosk.survey import service as survey
from kiosk.sync.model import CentreLine
from kiosk.sync.rejoin import draw_epoch
from kiosk.sync.standing import told_durable
from tests.sync.office import Office

HERE = Path(__file__).parent
KEY = X25519PrivateKey.generate()
LATER = HalfDay("2026-03-13", "am")  # the machine's clock stays within a day
SCREENS = {name: DeviceIdentity(f"kios-{name}", f"Kios {name}", "kiosk", name) for name in ("K1", "K2")}


class Browsers:
    """The outboxes of the touchscreens, in the JavaScript that runs in them."""

    def __init__(self) -> None:
        command = [str(Path(sys.executable).parent / "node"), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", str(HERE / "browser.mjs")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(self, words: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(5)


@cache
def browsers() -> Browsers:
    """One process for all runs."""
    made = Browsers()
    atexit.register(made.end)
    return made


class OfficeWithScreens(Office):
    """What a touchscreen issued is on paper in somebody's hand, and what was answered on it was promised to count: both must be at the
    centre in the end, once, whatever disk died meanwhile."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        self.issued: dict[str, str] = {}
        self.answered: set[str] = set()
        self.serials = dict.fromkeys(SCREENS, 0)
        self.kept: dict[str, Head] = {}  # the highest head that each screen was told
        self.note_durable(1, 0)
        browsers().say({"do": "fresh"})

    @rule(screen=st.sampled_from(sorted(SCREENS)))
    def issue(self, screen: str) -> None:
        """The node does not answer, so the screen gives the next number of its lane."""
        self.serials[screen] += 1
        entry_id, serial = new_id(), self.serials[screen]
        body = {"queue": "A", "lane": screen, "serial": serial, "date": "2026-03-12", "number": f"A-{screen}-{serial:03d}"}
        assert self.shown.setdefault(body["number"], entry_id) == entry_id
        self.issued[entry_id] = body["number"]
        browsers().say({"do": "put", "device": screen, "entry": {"id": entry_id, "kind": "ticket.taken", "body": body}})

    @rule(screen=st.sampled_from(sorted(SCREENS)), score=st.integers(1, 4))
    def answer_the_survey(self, screen: str, score: int) -> None:
        """Nobody tells of it before the half day is over: until then node and screen alone hold it."""
        entry = {"id": str(uuid4()), "kind": "survey.answered", "coarse": True, "body": {"scores": {"fee": score}}}
        self.answered.add(entry["id"])
        browsers().say({"do": "put", "device": screen, "entry": entry})

    @rule()
    def the_half_day_is_over(self) -> None:
        with Session(self.pair.here) as session:
            survey.tell(session, office_id="kaltim", present=LATER)
            session.commit()
        self.happened()

    @rule(screen=st.sampled_from(sorted(SCREENS)), fault=st.sampled_from(["fine", "request lost", "reply lost"]))
    def hand_in(self, screen: str, fault: str) -> None:
        """What waits on the screen, now; whatever goes wrong, it is handed in again."""
        told = browsers().say({"do": "turn", "device": screen})
        if "post" in told:
            answer = None if fault == "request lost" else self.answer(screen, told["post"]["entries"])
            if answer is not None and fault == "fine":
                self.keep(screen)
            browsers().say(None if fault == "reply lost" else answer)
            self.happened()

    @rule(screen=st.sampled_from(sorted(SCREENS)))
    def report(self, screen: str) -> None:
        """The screen tells that it is there, and hears what the centre holds."""
        self.heed(screen)
        browsers().say({"do": "settle", "device": screen, "durable": self.durable(), "epoch": self.head().epoch})
        self.keep(screen)

    def heed(self, screen: str) -> None:
        """The screen shows the highest head that it was told; it proves that a node was restored."""
        if (head := self.kept.get(screen)) is None:
            return
        with Session(self.pair.here) as session:
            drawn = draw_epoch(session, office_id="kaltim", at=self.hall.now, beyond=head)
            session.commit()
        self.knows = self.knows or (drawn is not None and head.epoch == self.highest())
        self.happened()

    def keep(self, screen: str) -> None:
        head, known = self.head(), self.kept.get(screen)
        if known is None or (head.epoch, head.seq) > (known.epoch, known.seq):
            self.kept[screen] = head

    def answer(self, screen: str, given: list[dict[str, Any]]) -> dict[str, Any]:
        self.heed(screen)
        answers = []
        for one in given:
            with Session(self.pair.here) as session:
                words = {"office_id": "kaltim", "device": SCREENS[screen], "now": self.hall.now, "key": KEY}
                done = take_in(session, given=Given(one["id"], one["kind"], one["age_ms"], one["body"]), **words)
                session.commit()
            result = "taken" if done.stamp else "held"
            answers.append({"id": one["id"], "result": result, "stamp": done.stamp, "again_s": 1, "told": done.told})
        return {"entries": answers, "head": {"epoch": self.head().epoch}, "durable": self.durable()}

    def durable(self) -> tuple[int, int] | None:
        with Session(self.pair.here) as session:
            return told_durable(session, "kaltim")

    @rule(screen=st.sampled_from(sorted(SCREENS)), sent=st.booleans())
    def the_disk_dies_with_what_was_handed_in(self, screen: str, sent: bool) -> None:
        """The node took a number and its disk dies, before or after the centre heard of it."""
        copy = self.back_up()
        self.issue(screen)
        self.answer_the_survey(screen, 3)
        self.hand_in(screen, "fine")
        if sent:
            self.the_half_day_is_over()
            self.speak("fine")
        self.restore(copy)

    @rule()
    def hear(self) -> None:
        """A round with the centre, after which the node knows what is durable there."""
        self.speak("fine")
        with self.pair.there.connect() as connection:
            epoch, seq = connection.exec_driver_sql("SELECT epoch, seq FROM centre_node").one()
        if self.head().epoch >= epoch:  # else it is about to take its history back
            self.note_durable(epoch, seq)

    def note_durable(self, epoch: int, seq: int) -> None:
        with Session(self.pair.here) as session:
            line = session.get(CentreLine, "kaltim")
            line = line or CentreLine(office_id="kaltim", node_id="n", address="", reached_at="", centre_key="", enrolled_at="")
            line.epoch, line.seq = epoch, seq
            session.add(line)
            session.commit()

    def heal(self) -> None:
        """Until nothing waits anywhere."""
        for _ in range(20):  # what is held is asked for again minutes later
            self.the_half_day_is_over()
            super().heal()
            self.hear()
            for screen in SCREENS:
                self.hand_in(screen, "fine")
                self.report(screen)
            left = [one for screen in SCREENS for one in browsers().say({"do": "look", "device": screen})["waiting"]]
            if not left:
                break
        super().heal()
        assert not left, f"{len(left)} still wait"
        with self.pair.there.connect() as connection:
            lines = connection.exec_driver_sql("SELECT line FROM centre_event WHERE kind = 'ticket.taken'").scalars()
            held = [json.loads(line)["body"]["id"] for line in lines]
        assert len(held) == len(set(held)), "a ticket is there twice"
        assert set(self.issued) <= set(held), "a number that somebody holds is lost"
        self.every_answer_counts_once()

    def every_answer_counts_once(self) -> None:
        projector.catch_up(self.pair.there, "kaltim")
        here, there = kept(self.pair.here), kept(self.pair.there)
        assert self.answered <= set(there), "an answer is lost"
        assert there == here
        assert set(there) == self.answered


def kept(engine: Engine) -> dict[str, dict[str, Any]]:
    """The answers that a database holds, by their ids."""
    with engine.connect() as connection:
        return {row["id"]: dict(row) for row in connection.execute(select(survey.ANSWERS)).mappings()}
