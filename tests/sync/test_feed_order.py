"""Whatever order versions come in, doubled, old or changed: the newest true one is in use at the end, and no other ever after it."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlmodel import Session, SQLModel, create_engine

from kiosk.sync import feed, topics
from kiosk.sync.items import BadItem, Item, make_item, read_item
from tests.sync.pair import NOW

KEY = Ed25519PrivateKey.generate()
FACTS = ("office_id", "topic", "version", "body", "digest", "signature")


class Number(BaseModel):
    value: int


def _item(version: int) -> Item:
    return make_item(KEY, office_id="kaltim", topic="number", version=version, content={"shape": 1, "value": version * 10})


@st.composite
def changed(draw: st.DrawFn) -> dict[str, Any]:
    """A true item in which one thing is not as it was signed."""
    told = _item(draw(st.integers(1, 9))).told()
    name = draw(st.sampled_from(FACTS))
    other = {"version": st.integers(-3, 2**33), "office_id": st.sampled_from(["rohil", "", "KALTIM"])}
    told[name] = draw(other.get(name, st.one_of(st.text(max_size=80), st.none(), st.integers(), st.just(_item(50).told()[name]))))
    return told


STEPS = st.lists(st.one_of(st.integers(1, 9).map(lambda version: _item(version).told()), changed(), st.just("kill")), max_size=25)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_any_order_ends_at_the_newest_true_one(steps: list[Any]):
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    taken: list[int] = []
    topics._TOPICS["number"] = topics.Topic("number", 1, Number, lambda _s, _o, body, _at: taken.append(body.value))
    newest = 0
    try:
        with Session(engine) as session:
            for step in steps:
                newest = max(newest, _receive(session, step))
            for topic, version in feed._waiting(session, "kaltim"):
                feed.take_in(session, "kaltim", topic, version, at=NOW)
            assert feed.versions(session, "kaltim").get("number", 0) == newest
            in_use = feed.in_use(session, "kaltim", "number")
            assert (in_use or {"value": 0})["value"] == newest * 10
            assert taken == sorted(set(taken)), "never an older one after a newer one, and none twice"
    finally:
        del topics._TOPICS["number"]
        engine.dispose()


def _receive(session: Session, told: Any) -> int:
    """As a round does; "kill" lets what was kept wait until the end. Gives the version of a true item."""
    if told == "kill":
        return 0
    try:
        item = read_item(KEY.public_key(), "kaltim", told)
    except BadItem:
        return 0
    assert item == _item(item.version), "nothing but what was signed is ever read"
    try:
        feed.keep(session, item, at=NOW)
    except BadItem:
        return item.version
    session.flush()
    if item.version % 2:  # some are taken in at once, some wait for the end
        feed.take_in(session, "kaltim", "number", item.version, at=NOW)
    return item.version


@settings(max_examples=300, deadline=None)
@given(changed())
def test_a_changed_item_is_never_read_as_another(told: dict[str, Any]):
    try:
        item = read_item(KEY.public_key(), "kaltim", told)
    except BadItem:
        return
    assert item in {_item(version) for version in range(1, 10)}
