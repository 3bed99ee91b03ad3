"""An answer is taken in once, and nothing that is kept of it leads to who gave it."""

import asyncio
import json
import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from kiosk.core.clock import stored
from kiosk.core.ids import new_id as timed_id
from kiosk.devices import entries as ways
from kiosk.devices.model import AsideEntry, Device, TakenEntry
from kiosk.survey import service
from kiosk.survey.answered import read
from kiosk.survey.closing import Closing
from kiosk.survey.model import SurveyCode
from kiosk.survey.questionnaire import ELEMENTS, PROFILE, questionnaire
from kiosk.survey.rules import CODE, CONTENT, clean, code_hash, digest_of
from kiosk.sync.outbox import OutboxEvent
from tests.devices.test_intake import one as other_entry
from tests.devices.test_intake import take as take_other

from .hall import SERVICE, House, body, code_entry, given, hand, look, new_id, office, rows, sealed, tablet, told

__all__ = ["office"]
NOON = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)  # in Makassar


def test_an_answer_is_held_until_its_half_day_is_over_and_then_told_of_once(office: House):
    token, entry = tablet(office), given()
    first = hand(office, token, entry)[0]
    assert (first["result"], first["stamp"], first["told"]) == ("held", None, {})
    assert first["again_s"] == (NOON - office.now).total_seconds() + 120
    assert told(office) == []
    asyncio.run(look(office))
    assert hand(office, token, entry)[0]["result"] == "held"
    office.now = NOON + timedelta(seconds=30)
    asyncio.run(look(office))
    after = hand(office, token, entry)[0]
    assert after["result"] == "taken"
    assert [one["id"] for one in told(office)] == [entry["id"]]
    asyncio.run(look(office))
    assert len(told(office)) == 1


def test_what_was_answered_stands_in_the_row_and_in_the_event_and_nothing_else(office: House):
    entry = given()
    hand(office, tablet(office), entry)
    office.now = NOON
    asyncio.run(look(office))
    scores = {name: entry["body"]["scores"].get(name) for name in ELEMENTS}
    about = dict.fromkeys(PROFILE, "") | {"sex": "P"}
    place = {"day": "2026-03-12", "half": "am", "place": "Loket 1-3", "holder": False, "source": ""}
    facts = {"id": entry["id"], "service": SERVICE, "suggestion": "Tambah kursi.", **scores, **about, **place}
    assert told(office) == [facts]
    row = rows(office)[entry["id"]].model_dump()
    assert {name: row[name] for name in facts} == facts
    assert set(row) - set(facts) == {"office_id", "digest", "event_id"}


def test_the_event_names_the_office_computer_and_the_end_of_the_half_day(office: House):
    hand(office, tablet(office), given())
    office.now = NOON + timedelta(hours=3)
    asyncio.run(look(office))
    [event] = [row for row in office.rows(OutboxEvent) if row.kind == "survey.answered"]
    assert (event.actor, event.at) == ("node", stored(NOON))


def test_a_sealed_answer_is_opened_and_the_same_again_is_the_same(office: House):
    token, entry = tablet(office), given()
    closed = sealed(office, entry)
    assert [one["result"] for one in hand(office, token, closed, closed, closed)] == ["held"] * 3
    assert hand(office, tablet(office), sealed(office, entry))[0]["result"] == "held"  # closed anew, by another screen
    assert len(rows(office)) == 1


def test_the_same_id_with_another_body_is_kept_aside_and_the_first_counts(office: House):
    token, entry = tablet(office), given()
    hand(office, token, entry)
    other = {**entry, "body": body(suggestion="Lain.")}
    for _ in range(2):
        assert hand(office, token, other)[0]["code"] == "ENTRY-0409"
    assert rows(office)[entry["id"]].suggestion == "Tambah kursi."
    [kept] = office.rows(AsideEntry)
    assert "Lain." in kept.entry
    assert (kept.device_id, kept.at, kept.about) == ("", stored(datetime(2026, 3, 11, 16, 0, tzinfo=UTC)), "")
    assert '"age_ms":null' in kept.entry


def test_what_is_kept_aside_is_told_of_when_its_half_day_is_over_once_and_in_an_order_that_tells_nothing(office: House):
    """An event at once would stand between the minutes of others, and names the answer that came first."""
    token, entries = tablet(office), [given() for _ in range(12)]
    for entry in entries:
        hand(office, token, entry, {**entry, "body": body(suggestion="Lain.")})
    asyncio.run(look(office))
    assert "entry.set_aside" not in office.kinds()
    office.now = NOON
    asyncio.run(look(office))
    late = given(entries[0]["id"], suggestion="Lagi.")
    hand(office, token, late)
    asyncio.run(look(office.restart()))
    events = [row for row in office.rows(OutboxEvent) if row.kind == "entry.set_aside"]
    events.sort(key=lambda row: (row.epoch, row.seq))
    assert [json.loads(row.body)["id"] for row in events] == sorted(entry["id"] for entry in entries)
    assert {(row.actor, row.at) for row in events} == {("node", stored(NOON - timedelta(hours=12)))}
    office.now = NOON + timedelta(hours=12)
    asyncio.run(look(office))
    assert office.kinds().count("entry.set_aside") == 13


@pytest.mark.parametrize("wrong", [
    {"scores": {}}, {"scores": {"fee": 0}}, {"scores": {"fee": 5}}, {"scores": {"fee": "3"}}, {"scores": {"fee": 2.5}},
    {"scores": {"fee": True}}, {"scores": {"fee": None}}, {"scores": {"price": 3}}, {"scores": None}, {"profile": {"sex": "x"}},
    {"profile": {"name": "Siti"}}, {"suggestion": "a" * 1001}, {"suggestion": "a" * 50_000}, {"ticket": "A-001"}, {"name": "Siti"},
    {"suggestion": 7}, {"code": "x" * 41}, {"service": ""},
])  # fmt: skip
def test_what_is_no_answer_is_parked_with_a_sentence_and_nothing_is_kept(office: House, wrong):
    answer = hand(office, tablet(office), {**given(), "body": body(**wrong)})[0]
    assert (answer["result"], answer["code"]) == ("parked", "SURVEY-0422")
    assert answer["message"]
    assert rows(office) == {}


def test_an_unknown_service_and_an_id_that_holds_a_time_are_parked(office: House):
    token = tablet(office)
    answers = hand(office, token, given(service="izin-lain"), given(timed_id()))
    assert [one["code"] for one in answers] == ["SURVEY-0404", "SURVEY-0422"]
    assert rows(office) == {}


def test_half_a_sign_in_a_name_holds_up_no_other_answer(office: House):
    """It comes through the seal, and would stand in the sentence that says what is wrong."""
    entry = given()
    odd = {**entry, "body": {**entry["body"], "scores": {"\ud800": 3}}}
    answers = hand(office, tablet(office), sealed(office, odd), given())
    assert [one["code"] for one in answers] == ["SURVEY-0422", None]


def test_a_suggestion_that_is_a_formula_or_markup_is_kept_as_it_is_without_control_signs(office: House):
    entry = given(suggestion='=HYPERLINK("http://x")\r\n<b>\x00\x1b[2J ✓ \ud800')
    assert hand(office, tablet(office), sealed(office, entry))[0]["result"] == "held"
    assert rows(office)[entry["id"]].suggestion == '=HYPERLINK("http://x")\n<b>[2J ✓'


# -- no trace ---------------------------------------------------------------------------------------------------------------


def test_nothing_of_device_moment_or_order_is_written_for_an_answer(office: House):
    """The raw files of the database, before and after: no device, no moment, no age, no order."""
    token = tablet(office, place="Loket 1-3")
    device = office.rows(Device)[0]
    office.now += timedelta(minutes=7)
    kinds = office.kinds()
    entries = [given(age_ms=60_000 * n) for n in range(30)]
    for entry in entries:
        assert hand(office, token, entry)[0]["result"] == "held"
    assert office.rows(TakenEntry) == []
    assert office.kinds() == kinds
    office.node.writer.stop()
    stored_bytes = b"".join(path.read_bytes() for path in office.folder.glob("office.db*"))
    assert entries[0]["id"].encode() in stored_bytes
    seen = {match.decode() for match in re.findall(rb"2026-03-12T[0-9:.]+", stored_bytes)}
    office_moments = {device.enrolled_at[:26], device.last_seen_at and device.last_seen_at[:26], stored(office.now)[:26]}
    assert seen <= {moment for moment in office_moments if moment}, seen  # enrolment, and that it was seen at all
    with office.node.engine.connect() as connection:
        read_back = [row[0] for row in connection.exec_driver_sql("SELECT id FROM survey_answer")]
        assert read_back == sorted(read_back)  # they lie in the order of their random ids
        with pytest.raises(Exception, match="rowid"):
            connection.exec_driver_sql("SELECT rowid FROM survey_answer")


def test_an_answer_that_breaks_the_room_leaves_neither_words_nor_id_beside_its_moment_in_the_log(office: House, monkeypatch, caplog):
    entry = given(suggestion="Petugas loket 2 galak.")
    monkeypatch.setattr(service, "digest_of", lambda _: None)  # which the database refuses
    assert hand(office, tablet(office), entry)[0]["code"] == "ENTRY-0422"
    [line] = [record for record in caplog.records if record.exc_info]
    told = f"{logging.Formatter().format(line)} {vars(line)}"
    assert "IntegrityError" in told
    assert "galak" not in told
    assert entry["id"] not in told


def test_a_kind_that_leaves_a_trace_still_does(office: House, monkeypatch):
    monkeypatch.setitem(ways._WAYS, "test.made", ways.Way(take_other))
    hand(office, tablet(office), other_entry())
    assert len(office.rows(TakenEntry)) == 1


def test_the_age_counts_from_the_enrolment_on_although_the_device_said_since_that_nothing_waits(office: House):
    """Held entries do not wait; a node that forgot one must not date it anew."""
    token = tablet(office)
    office.now = NOON + timedelta(hours=2)
    office.call("POST", "/devices/me", headers={"authorization": f"Bearer {token}"}, json={"waiting": 0})
    morning, ancient = given(age_ms=3 * 3_600_000), given(age_ms=10**13)
    hand(office, token, morning, ancient)
    assert [(rows(office)[one["id"]].day, rows(office)[one["id"]].half) for one in (morning, ancient)] == [("2026-03-12", "am")] * 2


# -- told in the order of random ids, whatever the order in which they came ---------------------------------------------------


def test_a_half_day_s_order_tells_nothing(office: House):
    token = tablet(office)
    entries = [given() for _ in range(250)]
    for start in range(0, 250, 50):
        hand(office, token, *entries[start : start + 50])
    office.now = NOON
    asyncio.run(look(office))
    assert [one["id"] for one in told(office)] == sorted(entry["id"] for entry in entries)
    events = [row for row in office.rows(OutboxEvent) if row.kind == "survey.answered"]
    assert len({row.at for row in events}) == 1


def test_a_late_answer_of_a_half_day_before_waits_for_the_end_of_the_present_one(office: House):
    """Told at once it would show the minute in which it came."""
    token, closing = tablet(office), Closing(office.node)
    office.now = NOON + timedelta(hours=1)
    asyncio.run(look(office, closing))
    late = given(age_ms=2 * 3_600_000)
    answer = hand(office, token, late)[0]
    assert rows(office)[late["id"]].half == "am"
    office.now += timedelta(minutes=30)
    asyncio.run(look(office, closing))
    assert told(office) == []
    assert answer["again_s"] == 11 * 3600 + 120
    office.now = datetime(2026, 3, 12, 16, 0, tzinfo=UTC)
    asyncio.run(look(office, closing))
    assert [one["half"] for one in told(office)] == ["am"]


def test_what_is_younger_than_the_grain_of_the_device_s_clock_belongs_to_the_present_half_day(office: House):
    """It may be dated up to ten minutes early; filed by that, the few of those minutes would be told of apart from all others."""
    token, closing = tablet(office), Closing(office.node)
    office.now = NOON + timedelta(minutes=1)
    asyncio.run(look(office, closing))
    office.now = NOON + timedelta(minutes=4)
    young, grown = given(age_ms=7 * 60_000), given(age_ms=16 * 60_000)
    hand(office, token, young, grown, {**code_entry(HASH), "age_ms": 7 * 60_000})
    assert [rows(office)[one["id"]].half for one in (young, grown)] == ["pm", "am"]
    assert [row.half for row in office.rows(SurveyCode)] == ["pm"]


def test_a_node_that_was_off_at_noon_tells_when_it_starts_and_one_whose_clock_was_wrong_does_not_wait_for_ever(office: House):
    token = tablet(office)
    hand(office, token, given())
    office.now += timedelta(days=4000)
    hand(office, token, given())
    office.now -= timedelta(days=4000)
    office.now += timedelta(hours=5)
    asyncio.run(look(office.restart()))
    assert len(told(office)) == 2
    at = sorted(row.at for row in office.rows(OutboxEvent) if row.kind == "survey.answered")
    assert at[-1] <= stored(NOON)


def test_a_kill_between_two_batches_tells_of_the_rest_at_the_next_start(office: House, monkeypatch):
    token = tablet(office)
    for start in range(0, 450, 50):
        hand(office, token, *(given() for _ in range(start, start + 50)))
    office.now = NOON
    real, calls = service.tell, []

    def dying(session, **words):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return real(session, **words)

    monkeypatch.setattr(service, "tell", dying)
    with pytest.raises(RuntimeError):
        asyncio.run(look(office))
    assert len(told(office)) == 200
    asyncio.run(look(office))
    ids = [one["id"] for one in told(office)]
    assert len(ids) == len(set(ids)) == 450


# -- codes ------------------------------------------------------------------------------------------------------------------

HASH = code_hash("7K3MQ9X0") or ""


def test_a_code_marks_one_answer_as_a_ticket_holder_s_and_a_second_use_counts_as_walk_up(office: House):
    token = tablet(office)
    answer = hand(office, token, code_entry(HASH))[0]
    assert (answer["result"], answer["stamp"]) == ("taken", [0, 0])  # nothing to wait for
    entries = [given(code="7k3m-q9xo") for _ in range(50)]
    hand(office, token, *entries)
    assert sorted(row.holder for row in rows(office).values()) == [False] * 49 + [True]
    hand(office, token, *entries)  # the same again
    assert sum(row.holder for row in rows(office).values()) == 1
    assert office.kinds() == ["device.enrolled"]


def test_the_code_itself_and_a_ticket_are_nowhere(office: House):
    token = tablet(office)
    hand(office, token, code_entry(HASH), given(code="7K3MQ9X0"))
    assert set(SurveyCode.model_fields) == {"office_id", "code_hash", "day", "half", "used"}
    office.node.writer.stop()
    assert b"7K3MQ9X0" not in b"".join(path.read_bytes() for path in office.folder.glob("office.db*"))


def test_an_unknown_broken_or_old_code_is_a_walk_up_and_no_error(office: House):
    token = tablet(office)
    hand(office, token, code_entry(HASH))
    office.now += timedelta(days=31)
    answers = hand(office, token, given(code="7K3MQ9X0"), given(code="AAAAAAAA"), given(code="x"), given(code="💥"))
    assert {one["result"] for one in answers} == {"held"}
    assert not any(row.holder for row in rows(office).values())
    asyncio.run(look(office))
    assert office.rows(SurveyCode) == []


@pytest.mark.parametrize("wrong", [{}, {"hash": "x"}, {"hash": 7}, {"hash": HASH, "ticket": "A-001"}, {"hash": HASH.upper()}])
def test_what_is_no_hash_of_a_code_is_parked(office: House, wrong):
    assert hand(office, tablet(office), {**code_entry(HASH), "body": wrong})[0]["code"] == "SURVEY-0422"
    assert office.rows(SurveyCode) == []


# -- rules -------------------------------------------------------------------------------------------------------------------


@drawn(st.text(max_size=20) | st.text("0189AZaz OoIiLlUu-", min_size=7, max_size=10))
def test_whatever_is_typed_is_a_code_s_hash_or_nothing(typed: str):
    """Eight signs of Crockford's base 32, the three that look like digits among them, and never a U."""
    signs = [sign for sign in typed.upper() if sign not in "- "]
    is_code = len(signs) == 8 and all(sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" + "OIL" for sign in signs)
    assert bool(re.fullmatch("[0-9a-f]{64}", code_hash(typed) or "")) == is_code
    assert (code_hash(typed) is None) == (not is_code)


@drawn(st.from_regex(CODE, fullmatch=True))
def test_a_code_is_read_in_any_usual_spelling(code: str):
    slip = f" {code[:4].lower()}-{code[4:].replace('0', 'O').replace('1', 'l')} "
    assert code_hash(slip) == code_hash(code) is not None


@drawn(st.text())
def test_what_is_cleaned_is_clean_and_fits_every_database(text: str):
    found = clean(text)
    assert clean(found) == found
    assert "\0" not in found.encode().decode()


def bodies() -> st.SearchStrategy[dict]:
    form = questionnaire()
    profile = st.fixed_dictionaries({}, optional={name: st.sampled_from(form.groups(name)) for name in PROFILE})
    scores = st.dictionaries(st.sampled_from(ELEMENTS), st.integers(1, 4), min_size=1)
    more = {"profile": profile, "suggestion": st.text(max_size=200), "service": st.just(SERVICE), "code": st.text(max_size=12)}
    return st.builds(lambda scores, rest: {"scores": scores, **rest}, scores, st.fixed_dictionaries({}, optional=more))


@drawn(bodies())
def test_every_answer_is_read_and_its_content_has_one_digest_that_a_row_gives_too(given_body: dict):
    found = read(given_body)
    content = found.content()
    assert set(content) == set(CONTENT)
    assert read({**given_body, "code": "other"}).content() == content
    assert digest_of({**content, "day": "2026-03-12", "id": new_id()}) == digest_of(content)


def test_a_room_that_says_it_leaves_no_trace_must_say_how_its_entry_stands(office: House, monkeypatch):
    for take, traceless in ((lambda *_: {"a": 1}, True), (lambda *_: ways.Here(), False)):
        monkeypatch.setitem(ways._WAYS, "test.made", ways.Way(take, None, traceless))
        assert hand(office, tablet(office), other_entry())[0]["code"] == "ENTRY-0422"
