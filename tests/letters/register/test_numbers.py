"""Numbers and serials: unique and rising whoever writes, and a log in which every change shows."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.core import short
from kiosk.core.chain import GENESIS
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.core.writer import Writer
from kiosk.devices import codes
from kiosk.letters.register import log, numbering, rules
from kiosk.letters.register.errors import NumberTaken
from kiosk.letters.register.rules import Sealed, breaks, link_hash
from tests.letters.register.registry import MORNING, Registry, letter

SCHEME = "503/{serial:04}/DPMPTSP/{roman}/{year}"


def reserve(session, number: str | None = None) -> tuple[int, str]:
    given = {
        "letter": letter(number=number),
        "letter_id": new_id(),
        "scheme": SCHEME,
        "actor": "cli",
        "now": MORNING,
        "is_spent": lambda _serial: False,
    }
    done = numbering.reserve(session, office_id="kaltim", **given)
    return done.serial, done.letter.number


BY_HAND = st.one_of(st.none(), st.integers(1, 12).map(lambda n: f"503/{n:04}/DPMPTSP/XI/2026"), st.text("abc/", min_size=1, max_size=3))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(BY_HAND, max_size=12))
def test_whatever_is_given_by_hand_numbers_are_unique_serials_rise_and_gaps_are_explained(
    prepared: Path, tmp_path_factory: pytest.TempPathFactory, wanted: list[str | None]
):
    folder = tmp_path_factory.mktemp("numbers") / "data"
    shutil.copytree(prepared, folder)
    office = Registry(Settings(office="kaltim", data_dir=folder, demo=True, port=8000))
    got, taken = [], set()
    for number in wanted:
        if number is not None and number in taken:
            with pytest.raises(NumberTaken):
                office.do(reserve, number)
            continue
        got.append(office.do(reserve, number))
        taken.add(got[-1][1])
    serials, numbers = [serial for serial, _ in got], [number for _, number in got]
    assert serials == sorted(set(serials))
    assert len(set(numbers)) == len(numbers)
    assert [row.serial for row in office.rows()] == list(range(1, len(office.rows()) + 1))
    assert {row.state for row in office.rows() if row.serial not in serials} <= {"void"}
    assert all(row.note for row in office.rows() if row.state == "void")


def test_many_writers_at_once_never_share_a_number(office: Registry):
    """The server's writer and commands beside it, all at the same moment."""
    engine = open_engine(office.settings.database, writing=True)
    writer = Writer(engine)
    writer.start()
    ready = threading.Barrier(12)

    def take(place: int) -> list[tuple[int, str]]:
        write = writer.write if place % 2 else partial(short.write, office.settings)
        ready.wait()
        return [write(reserve) for _ in range(6)]

    with ThreadPoolExecutor(12) as pool:
        got = [one for found in pool.map(take, range(12)) for one in found]
    writer.stop()
    engine.dispose()
    assert sorted(serial for serial, _ in got) == list(range(1, 73))
    assert len({number for _, number in got}) == 72


# ---- the chain ----


def chain(length: int) -> list[SimpleNamespace]:
    lines, previous = [], GENESIS
    for position in range(1, length + 1):
        sealed = Sealed(
            "kaltim", position, position * 2, f"503/{position}", f"{position:064x}", "0123456789abcdef", 1_790_000_000 + position
        )
        facts = {name: value for name, value in vars(sealed).items() if name != "office"}
        digest = link_hash(previous, sealed)
        lines.append(SimpleNamespace(office_id="kaltim", **facts, previous_hash=previous, hash=digest))
        previous = digest
    return lines


FIELDS = ("office_id", "position", "serial", "number", "claims_hash", "key", "at", "previous_hash", "hash")


def changed(value: int | str) -> int | str:
    return value + 1 if isinstance(value, int) else ("1" if value[0] != "1" else "2") + value[1:]


@given(st.integers(1, 12))
def test_a_log_that_nobody_touched_is_whole(length: int):
    assert breaks(chain(length)) == []


@given(st.data())
def test_every_mutation_of_the_log_is_found(data: st.DataObject):
    length = data.draw(st.integers(2, 10))
    lines, place = chain(length), data.draw(st.integers(0, length - 1))
    match data.draw(st.sampled_from(("field", "cut", "swap", "twice", "rewrite"))):
        case "field":
            name = data.draw(st.sampled_from(FIELDS))
            setattr(lines[place], name, changed(getattr(lines[place], name)))
        case "cut":
            del lines[min(place, length - 2)]  # an end that is cut off is found against the register
        case "swap":
            other = (place + 1) % length
            lines[place], lines[other] = lines[other], lines[place]
        case "twice":
            lines.insert(place, lines[place])
        case "rewrite":  # with a fresh hash: then the next line does not fit
            one = lines[min(place, length - 2)]
            one.number = "503/palsu"
            one.hash = link_hash(
                one.previous_hash, Sealed("kaltim", one.position, one.serial, one.number, one.claims_hash, one.key, one.at)
            )
    assert breaks(lines) != []


def test_an_end_that_was_cut_off_and_a_letter_that_was_slipped_in_are_found_against_the_register(office: Registry):
    office.issue()
    office.issue()

    def cut(session) -> None:
        session.delete(log.lines(session, "kaltim")[-1])

    office.do(cut)
    assert office.see(log.check, "kaltim") == [(0, "register differs")]

    def slip_in(session) -> None:
        log.append(session, office_id="kaltim", serial=9, number="503/9", claims_hash="0" * 64, key="0" * 16, at=1)

    office.do(slip_in)
    assert office.see(log.check, "kaltim") == [(0, "register differs"), (2, "register differs")]


@given(st.text(codes.ALPHABET, min_size=12, max_size=12), st.sampled_from(("", "-", " ")))
def test_a_check_code_is_understood_however_it_is_typed(code: str, between: str):
    typed = between.join(code[at : at + 4] for at in (0, 4, 8)).lower().replace("0", "o").replace("1", "l")
    assert codes.parse(f" {typed} ", rules.CHECK_LENGTH) == code
