"""Signing in at the centre: what a wrong passphrase costs, how long a session lives; on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlmodel import SQLModel
from typer.testing import CliRunner

from kiosk.centre.config import CentreSettings
from kiosk.centre.database import migrate
from kiosk.centre.people import commands, rules, service, signing_in
from kiosk.centre.people.errors import BadPerson, NameTaken, PersonUnknown, WaitFirst, WrongPassphrase
from kiosk.centre.people.service import SESSIONS, USERS
from kiosk.core.db import open_engine
from kiosk.staff.pins import hash_pin
from tests.centre.site import HASH, SECRET
from tests.sync.pair import NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = open_engine(tmp_path / "centre.db", writing=True)
        SQLModel.metadata.create_all(made)
    else:
        made = request.getfixturevalue("divided").server
    with made.begin() as connection:
        service.add(connection, name="sari", office_id="*", passphrase_hash=HASH, at=NOW)
    with made.begin() as connection:
        service.add(connection, name="budi", office_id="rohil", passphrase_hash=HASH, at=NOW)
    yield made
    made.dispose()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without argon2, where a test is about counting."""
    monkeypatch.setattr(signing_in, "matches", lambda _, meant: meant == rules.meant(SECRET))


def enter(engine: Engine, name: str = "budi", typed: str = SECRET, after: timedelta = timedelta()) -> str:
    return signing_in.sign_in(engine, name=name, typed=typed, now=NOW + after)


def wrong(engine: Engine) -> int:
    with engine.connect() as connection:
        service.as_operator(connection)
        return int(connection.execute(select(USERS.c.wrong).where(USERS.c.name == "budi")).scalar_one())


def test_a_passphrase_opens_a_session_for_the_person_s_office(engine: Engine):
    cookie = enter(engine, typed=" 7gqo-k2zd i234 abcd ")
    who = signing_in.find(engine, cookie, NOW)
    assert who is not None
    assert (who.office_id, who.name, who.is_operator, who.may_see("rohil"), who.may_see("kaltim")) == ("rohil", "budi", False, True, False)
    operator = signing_in.find(engine, enter(engine, "Sari"), NOW)
    assert operator is not None
    assert operator.may_see("kaltim")
    with engine.connect() as connection:
        service.as_operator(connection)
        assert cookie not in str(connection.execute(select(SESSIONS)).all())


@pytest.mark.usefixtures("quick")
def test_wrong_ones_cost_growing_pauses_that_outlive_the_process(engine: Engine):
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            enter(engine, typed="0000-0000-0000-0000")
    with pytest.raises(WaitFirst) as first:
        enter(engine)  # the right one is not looked at either
    assert first.value.facts == {"seconds": 15}
    after = timedelta(seconds=15)
    with pytest.raises(WrongPassphrase):
        enter(engine, typed="no", after=after)
    with pytest.raises(WaitFirst) as second:
        enter(engine, after=after)
    assert second.value.facts == {"seconds": 30}
    assert signing_in.find(engine, enter(engine, after=after + timedelta(seconds=30)), NOW + timedelta(seconds=45))
    assert wrong(engine) == 0


@pytest.mark.usefixtures("quick")
def test_a_pause_ends_after_sixteen_minutes_at_most_and_never_locks(engine: Engine):
    moment, longest = timedelta(), 0
    for _ in range(40):
        try:
            enter(engine, typed="no", after=moment)
        except WrongPassphrase:
            continue
        except WaitFirst as pause:
            longest = int(str(pause.facts["seconds"]))
            moment += timedelta(seconds=longest)
    assert longest == 960
    assert enter(engine, after=moment + timedelta(minutes=16))


@pytest.mark.usefixtures("quick")
def test_a_clock_that_went_back_ten_years_makes_nobody_wait_ten_years(engine: Engine):
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            enter(engine, typed="no", after=timedelta(days=3650))
    with pytest.raises(WaitFirst) as pause:
        enter(engine)
    assert pause.value.facts == {"seconds": 15}
    assert enter(engine, after=timedelta(seconds=15))


def test_tries_at_the_same_moment_get_no_more_than_the_rule_allows(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(signing_in, "matches", lambda *_: False)

    def one(_: int) -> type[Exception]:
        with pytest.raises((WrongPassphrase, WaitFirst)) as failure:
            enter(engine, typed="no")
        return failure.type

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(30))).count(WrongPassphrase) == 5
    assert wrong(engine) == 5


def test_names_that_nobody_has_are_refused_alike(engine: Engine):
    for name in ("", "nobody", "*", "budi'--", "x" * 5000):
        with pytest.raises(WrongPassphrase):
            enter(engine, name)


@pytest.mark.parametrize(("opened", "asked", "there"), [(0, 30, True), (0, 31, False), (-5, -6, False)])
@pytest.mark.usefixtures("quick")
def test_a_session_ends_when_it_is_left_alone(engine: Engine, opened: int, asked: int, there: bool):
    cookie = enter(engine, after=timedelta(minutes=opened))
    assert (signing_in.find(engine, cookie, NOW + timedelta(minutes=asked)) is not None) is there


def test_a_session_ends_after_twelve_hours_however_busy_and_when_it_is_closed(engine: Engine):
    cookie = enter(engine)
    for minutes in range(20, 721, 20):
        assert signing_in.find(engine, cookie, NOW + timedelta(minutes=minutes)), minutes
    assert signing_in.find(engine, cookie, NOW + timedelta(minutes=721)) is None
    cookie = enter(engine)
    who = signing_in.find(engine, cookie, NOW)
    assert who is not None
    signing_in.sign_out(engine, who, NOW)
    assert signing_in.find(engine, cookie, NOW) is None
    for made_up in (None, "", "x", "A" * 43, who.key):
        assert signing_in.find(engine, made_up, NOW) is None


def test_a_new_passphrase_and_a_closing_end_what_was_open(engine: Engine):
    cookie = enter(engine)
    with engine.begin() as connection:
        service.reset(connection, name="budi", passphrase_hash=hash_pin(rules.meant("other")), at=NOW)
    assert signing_in.find(engine, cookie, NOW) is None
    with pytest.raises(WrongPassphrase):
        enter(engine)
    cookie = enter(engine, typed="other")
    with engine.begin() as connection:
        service.close(connection, name="budi", at=NOW)
    assert signing_in.find(engine, cookie, NOW) is None
    with pytest.raises(WrongPassphrase):
        enter(engine, typed="other")


def test_names_are_one_for_the_whole_centre(engine: Engine):
    for name, office, error in (
        ("budi", "kaltim", NameTaken),
        ("B", "kaltim", BadPerson),
        ("anto", "**", BadPerson),
        ("anto", "", BadPerson),
    ):
        with engine.begin() as connection, pytest.raises(error):
            service.add(connection, name=name, office_id=office, passphrase_hash=HASH, at=NOW)
    with engine.begin() as connection, pytest.raises(PersonUnknown):
        service.close(connection, name="anto", at=NOW)


def test_a_drawn_passphrase_is_long_and_reads_as_it_was_shown():
    drawn = {rules.new_passphrase() for _ in range(200)}
    assert len(drawn) == 200
    assert all(len(one) == 19 and rules.meant(one.lower()) == one.replace("-", "") for one in drawn)


def test_the_commands_show_a_passphrase_once_and_name_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    here = CentreSettings(data_dir=tmp_path)
    migrate(here)
    monkeypatch.setattr(commands, "centre_settings", lambda: here)
    run, engine = CliRunner().invoke, open_engine(tmp_path / "centre.db", writing=True)
    secret = run(commands.user, ["add", "sari", "--office", "*"]).stdout.strip()
    assert signing_in.sign_in(engine, name="sari", typed=secret, now=NOW)
    assert isinstance(run(commands.user, ["add", "sari", "--office", "kaltim"]).exception, NameTaken)
    assert isinstance(run(commands.user, ["add", "Sari!", "--office", "kaltim"]).exception, BadPerson)
    assert isinstance(run(commands.user, ["close", "nobody"]).exception, PersonUnknown)
    assert run(commands.user, ["reset", "sari"]).stdout.strip() != secret
    with pytest.raises(WrongPassphrase):
        signing_in.sign_in(engine, name="sari", typed=secret, now=NOW)
    assert run(commands.user, ["close", "sari"]).exit_code == 0
    listed = run(commands.user, ["list"]).stdout
    assert listed.split()[:2] + listed.split()[-1:] == ["sari", "*", "closed"]
    assert secret not in listed
    engine.dispose()
