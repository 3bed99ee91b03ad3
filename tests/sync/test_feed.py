"""What the centre publishes is in use at the office: proved, in order of versions, whole or not at all."""

import json
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict
from sqlalchemy import update
from sqlmodel import Session

from kiosk import seeds
from kiosk.centre.feed import standing
from kiosk.core import office
from kiosk.core.chain import canonical
from kiosk.core.clock import stored
from kiosk.queues.house import house
from kiosk.sync import command, feed, feed_events, kinds, topics  # noqa: F401 (the events' kinds)
from kiosk.sync.items import make_item
from tests.sync.feeding import NOW, OFFICE, Feeding, catalogue, feeding, notice, seed_content

__all__ = ["feeding"]


def test_a_changed_catalogue_is_in_use_and_the_centre_is_told_which(feeding: Feeding):
    first = feeding.publish("catalogue", catalogue("Izin Baru"))
    assert feeding.round() == 1
    assert "Izin Baru" in feeding.names().values()
    assert feeding.told("feed.applied") == [{"topic": "catalogue", "version": 1, "digest": first.digest}]
    assert feeding.round() == 0, "the second round finds nothing new"
    assert feeding.publish("catalogue", catalogue("Izin Baru")) == type(first)("catalogue", 1, first.digest, new=False)
    assert feeding.publish("catalogue", catalogue("Izin Lain")).version == 2


def test_texts_hours_and_free_days_reach_those_who_read_them(feeding: Feeding):
    texts, calendar = seed_content("texts"), seed_content("calendar")
    texts |= {"short_name": "DPMPTSP Baru", "hours": {"1": ["09:00", "12:00"]}}
    texts["queues"] = [{**texts["queues"][0], "name": "Informasi Terpadu"}]
    calendar["days"].append({"day": "2026-03-13", "name": "Hari jadi provinsi", "kind": "libur_daerah"})
    feeding.publish("texts", texts)
    feeding.publish("calendar", calendar)
    assert feeding.round() == 2
    here = feeding.read(lambda session: house(session, OFFICE))
    assert here.short_name == "DPMPTSP Baru"
    assert here.hours == {"1": ["09:00", "12:00"]}
    assert here.queues["A"].name == "Informasi Terpadu"
    assert [queue.retired for queue in here.queues.values()] == [False] * 4, "queues that the texts do not name stay"
    assert here.holidays[date(2026, 3, 13)] == "Hari jadi provinsi"


def test_a_seed_brings_nothing_older_back(feeding: Feeding, tmp_path: Any):
    texts = seed_content("texts") | {"name": "Nama dari pusat"}
    texts["queues"][1]["purpose"] = "Kata dari pusat"
    feeding.publish("texts", texts)
    feeding.publish("catalogue", catalogue("Dari pusat"))
    feeding.publish("calendar", {"days": []})
    assert feeding.round() == 3
    events = len(feeding.told("office.loaded")), len(feeding.told("queues.loaded")), len(feeding.told("catalogue.loaded"))
    folder = tmp_path / "seeds"
    _copy(folder, region="Provinsi Lain")
    with Session(feeding.here) as session:
        seeds.load(session, OFFICE, at=NOW)  # the same files as before
        session.commit()
    assert (len(feeding.told("office.loaded")), len(feeding.told("queues.loaded")), len(feeding.told("catalogue.loaded"))) == events
    with Session(feeding.here) as session:
        seeds.load(session, OFFICE, at=NOW, folder=folder)  # files that a newer program brought
        session.commit()
    row = feeding.read(lambda session: office.get(session, OFFICE))
    here = feeding.read(lambda session: house(session, OFFICE))
    assert (row.name, row.region) == ("Nama dari pusat", "Provinsi Lain"), "what the centre does not send still comes from the seed"
    assert here.queues["B"].purpose == "Kata dari pusat"
    assert here.holidays == {}
    assert "Dari pusat" in feeding.names().values()


def _copy(folder: Any, *, region: str) -> None:
    import shutil

    import yaml

    shutil.copytree(seeds.SEEDS, folder)
    file = yaml.safe_load((folder / f"{OFFICE}.yaml").read_text())
    file["office"]["region"] = region
    (folder / f"{OFFICE}.yaml").write_text(yaml.safe_dump(file, allow_unicode=True))


def _change(**changes: Any) -> Any:
    return lambda told: {**told, "items": [{**one, **changes} for one in told["items"]]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_change(signature="00" * 64), "FEED-0401"),
        (_change(signature="not hex"), "FEED-0401"),
        (_change(version=9), "FEED-0401"),
        (_change(topic="calendar"), "FEED-0401"),
        (_change(office_id="rohil"), "FEED-0401"),
        (_change(digest="0" * 64), "FEED-0401"),
        (_change(body='{"services":[],"shape":1}'), "FEED-0422"),
    ],
)
def test_an_item_that_was_changed_is_refused_noted_and_told_once(feeding: Feeding, change: Any, code: str):
    before = feeding.names()
    feeding.publish("catalogue", catalogue("Izin Baru"))
    assert feeding.ask(change) == feeding.ask(change) == 0
    assert feeding.names() == before
    assert [one["code"] for one in feeding.told("feed.refused")] == [code]
    assert [one["code"] for one in feeding.read(lambda session: feed.problems(session, OFFICE))] == [code]
    assert feeding.round() == 1, "the true one still comes"
    assert "Izin Baru" in feeding.names().values()


def test_another_key_another_office_and_nonsense_are_refused(feeding: Feeding):
    content = {"shape": 1, **catalogue("Palsu")}
    key = feeding.desk._key
    items: list[Any] = [
        make_item(Ed25519PrivateKey.generate(), office_id=OFFICE, topic="catalogue", version=1, content=content).told(),
        make_item(key, office_id="rohil", topic="catalogue", version=2, content=content).told(),
        None, {}, {"topic": "x"}, {"topic": "../x", "version": 1}, [], "x", {"version": 2**40},
    ]  # fmt: skip
    before = feeding.names()
    assert feeding.ask(lambda _told: {"items": items, "more": False}) == 0
    assert feeding.names() == before
    assert [one["code"] for one in feeding.told("feed.refused")] == ["FEED-0401", "FEED-0403"]


def test_an_older_catalogue_than_the_one_in_place_is_refused(feeding: Feeding):
    old = make_item(feeding.desk._key, office_id=OFFICE, topic="catalogue", version=1, content={"shape": 1, **catalogue("Lama")}).told()
    feeding.publish("catalogue", catalogue("Satu"))
    feeding.publish("catalogue", catalogue("Dua"))
    assert feeding.round() == 1
    assert feeding.ask(lambda _told: {"items": [old], "more": False}) == 0
    same = make_item(feeding.desk._key, office_id=OFFICE, topic="catalogue", version=2, content={"shape": 1, **catalogue("Lain")}).told()
    assert feeding.ask(lambda _told: {"items": [same], "more": False}) == 0
    assert "Dua" in feeding.names().values()


def test_a_body_that_the_room_refuses_leaves_the_old_in_place_and_is_told(feeding: Feeding):
    before = feeding.read(lambda session: (house(session, OFFICE).queues["A"].name, office.get(session, OFFICE).name))
    texts = seed_content("texts") | {"name": "Setengah"}
    texts["queues"] = [{**texts["queues"][0], "name": "Setengah"}, {**texts["queues"][0], "code": "Y"}]  # Y: no such queue here
    feeding.publish("texts", texts)
    feeding.publish("calendar", {"days": []})
    assert feeding.round() == 1, "the other topic is taken"
    after = feeding.read(lambda session: (house(session, OFFICE).queues["A"].name, office.get(session, OFFICE).name))
    assert after == before, "nothing by half"
    assert [(one["topic"], one["code"]) for one in feeding.told("feed.refused")] == [("texts", "QUEUE-0404")]
    assert feeding.round() == 0
    assert len(feeding.told("feed.refused")) == 1, "the reason is told once"
    (problem,) = feeding.read(lambda session: feed.problems(session, OFFICE))
    assert problem["version"] == 1
    assert "Y" in problem["message"]
    feeding.publish("texts", seed_content("texts") | {"name": "Whole"})
    assert feeding.round() == 1
    assert feeding.read(lambda session: feed.problems(session, OFFICE)) == [], "a good version takes the problem away"


@pytest.mark.parametrize(
    ("topic", "content"),
    [
        ("trust_list", {"shape": 1, "keys": []}),
        ("catalogue", {"shape": 2, "layers": []}),
    ],
)
def test_what_a_newer_program_knows_is_kept_and_used_after_the_update(
    feeding: Feeding, monkeypatch: pytest.MonkeyPatch, topic: str, content: dict[str, Any]
):
    item = make_item(feeding.desk._key, office_id=OFFICE, topic=topic, version=5, content=content)
    assert feeding.ask(lambda _told: {"items": [item.told()], "more": False}) == 0
    assert [one["code"] for one in feeding.told("feed.refused")] == ["FEED-0426"]
    assert feeding.read(lambda session: feed.versions(session, OFFICE)) == {topic: 5}, "it is not asked for again"
    taken: list[Any] = []

    class Newer(BaseModel):
        model_config = ConfigDict(extra="allow")

    update = topics.Topic(topic, content["shape"], Newer, lambda _session, office_id, body, _at: taken.append((office_id, body)))
    monkeypatch.setitem(topics._TOPICS, topic, update)
    assert feed.retry(feeding.writer.write, OFFICE, clock=lambda: NOW) == 1
    assert [office_id for office_id, _ in taken] == [OFFICE]
    assert feeding.told("feed.applied")[-1] == {"topic": topic, "version": 5, "digest": item.digest}
    assert feeding.read(lambda session: feed.problems(session, OFFICE)) == []


def test_a_damaged_body_that_was_signed_all_the_same_is_refused(feeding: Feeding):
    item = make_item(feeding.desk._key, office_id=OFFICE, topic="calendar", version=1, content={"shape": 1, "days": [{"day": "soon"}]})
    assert feeding.ask(lambda _told: {"items": [item.told()], "more": False}) == 0
    (problem,) = feeding.read(lambda session: feed.problems(session, OFFICE))
    assert problem["code"] == "FEED-0423"
    assert problem["message"] != problem["message_en"]
    for language, text in (("message", "rusak"), ("message_en", "is damaged")):
        assert "days.0.day" in problem[language]
        assert text in problem[language]
    assert len(feeding.read(lambda session: office.holidays(session, OFFICE))) == 25


def test_a_node_that_ends_between_keeping_and_taking_in_goes_on(feeding: Feeding, monkeypatch: pytest.MonkeyPatch):
    feeding.publish("catalogue", catalogue("Sesudah mati"))
    with monkeypatch.context() as killed:
        killed.setattr(feed, "_take_in", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            feeding.round()
    assert "Sesudah mati" not in feeding.names().values()
    assert feed.retry(feeding.writer.write, OFFICE, clock=lambda: NOW) == 1
    assert "Sesudah mati" in feeding.names().values()
    assert feed.retry(feeding.writer.write, OFFICE, clock=lambda: NOW) == 0


def test_taking_in_and_telling_are_one_transaction(feeding: Feeding, monkeypatch: pytest.MonkeyPatch):
    """A failure after the rooms have written leaves neither rows nor event."""
    feeding.publish("catalogue", catalogue("Separuh"))

    def fails(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("after the room has written")

    with monkeypatch.context() as broken:
        broken.setattr(feed, "record", fails)
        with pytest.raises(RuntimeError):  # also the note of the refusal cannot be recorded
            feeding.round()
    assert "Separuh" not in feeding.names().values()
    assert feeding.told("feed.applied") == []
    assert feeding.round() == 1
    assert "Separuh" in feeding.names().values()


def test_listeners_hear_what_was_taken_in_and_only_that(feeding: Feeding):
    heard: list[str] = []
    deaf = topics.listen(heard.append)
    try:
        feeding.publish("notices", {"public": [notice()]})
        feeding.publish("texts", seed_content("texts") | {"queues": [{**seed_content("texts")["queues"][0], "code": "Y"}]})
        feeding.round()
    finally:
        deaf()
    assert heard == ["notices"]


def test_a_centre_that_was_restored_never_gives_a_version_twice(feeding: Feeding):
    for name in ("Satu", "Dua", "Tiga"):
        feeding.publish("catalogue", catalogue(name))
        feeding.round()
    with feeding.there.begin() as connection:  # yesterday's copy
        from kiosk.centre.feed import HAD, ITEMS

        connection.execute(ITEMS.delete().where(ITEMS.c.version > 1))
        connection.execute(HAD.delete())
    assert feeding.round() == 0
    assert feeding.publish("catalogue", catalogue("Empat")).version == 4
    assert feeding.round() == 1
    assert "Empat" in feeding.names().values()


def test_a_node_s_word_cannot_end_the_counting(feeding: Feeding):
    feeding.publish("catalogue", catalogue("Satu"))
    feeding.link.feed({"catalogue": 2**31 - 2})
    assert feeding.publish("catalogue", catalogue("Dua")).version == 2


def test_a_large_backlog_comes_in_replies_of_a_bounded_size(feeding: Feeding):
    heavy = catalogue("Berat")
    heavy["services"][0]["source_notes"] = ["x" * 10_000] * 60
    feeding.publish("catalogue", heavy)
    feeding.publish("calendar", {"days": []})
    texts = seed_content("texts")
    feeding.publish("texts", texts)
    sizes: list[tuple[int, bool]] = []

    def look(told: dict[str, Any]) -> dict[str, Any]:
        sizes.append((len(told["items"]), told["more"]))
        return told

    from kiosk.centre import feed as given

    before, given.REPLY_BYTES = given.REPLY_BYTES, 600_000
    try:
        assert feeding.ask(look) == 3
    finally:
        given.REPLY_BYTES = before
    assert sum(count for count, _ in sizes) == 3
    assert [more for _, more in sizes] == [True] * (len(sizes) - 1) + [False]
    assert len(sizes) > 1


def test_what_waits_is_proved_again_when_it_is_taken_in(feeding: Feeding):
    """Between keeping and using lie starts, backups and restores."""
    feeding.publish("texts", seed_content("texts") | {"queues": [{**seed_content("texts")["queues"][0], "code": "Y"}]})
    feeding.round()
    with feeding.here.begin() as connection:
        changed = seed_content("texts") | {"name": "By hand", "shape": 1}
        connection.execute(update(feed.ITEMS).values(body=canonical(changed).decode()))
    assert feed.retry(feeding.writer.write, OFFICE, clock=lambda: NOW) == 0
    assert feeding.read(lambda session: office.get(session, OFFICE)).name != "By hand"
    assert [one["code"] for one in feeding.read(lambda session: feed.problems(session, OFFICE))] == ["FEED-0401"]


def test_the_centre_sees_which_version_an_office_uses_and_what_it_could_not(feeding: Feeding):
    feeding.publish("calendar", {"days": []})
    feeding.publish("texts", seed_content("texts") | {"queues": [{**seed_content("texts")["queues"][0], "code": "Y"}]})
    feeding.round()
    events = [("feed.applied", one) for one in feeding.told("feed.applied")] + [
        ("feed.refused", one) for one in feeding.told("feed.refused")
    ]
    with Session(feeding.there) as session:
        for kind, body in [*events, *reversed(events)]:  # an event may come twice
            kinds.find(kind)(session, {"office_id": OFFICE, "at": stored(NOW), "body": body})  # type: ignore[misc]
            session.flush()
        session.commit()
        seen = {one["topic"]: one for one in standing(session.connection(), OFFICE)}
    assert (seen["calendar"]["version"], seen["calendar"]["in_use"], seen["calendar"]["code"]) == (1, 1, "")
    assert (seen["texts"]["version"], seen["texts"]["in_use"], seen["texts"]["code"]) == (1, 0, "QUEUE-0404")
    assert seen["texts"]["message_en"] != seen["texts"]["message"]


def test_a_reason_that_an_older_program_told_stands_in_its_one_language(feeding: Feeding):
    feeding.publish("texts", seed_content("texts"))
    body = {"topic": "texts", "version": 1, "code": "QUEUE-0404", "message": "Antrean Y tidak ada."}
    with Session(feeding.there) as session:
        kinds.find("feed.refused")(session, {"office_id": OFFICE, "at": stored(NOW), "body": body})  # type: ignore[misc]
        session.commit()
        (seen,) = standing(session.connection(), OFFICE)
    assert (seen["message"], seen["message_en"]) == (body["message"], body["message"])


def test_a_listener_that_fails_takes_nothing_back(feeding: Feeding):
    deaf = topics.listen(lambda _topic: 1 / 0)
    try:
        feeding.publish("calendar", {"days": []})
        assert feeding.round() == 1
    finally:
        deaf()


def test_the_command_names_the_versions_in_use(feeding: Feeding, capsys: pytest.CaptureFixture[str]):
    """Not what waits or was refused."""
    feeding.publish("calendar", {"days": []})
    feeding.publish("notices", {"public": [notice()]})
    feeding.publish("texts", seed_content("texts") | {"queues": [{**seed_content("texts")["queues"][0], "code": "Y"}]})
    feeding.round()
    told = feeding.read(lambda session: command._standing(session, OFFICE))
    assert told["topics"] == {"calendar": 1, "notices": 1}
    command._show(told, as_json=True)
    command._show(told, as_json=False)
    machines, people = capsys.readouterr().out.split("\n", 1)
    assert json.loads(machines)["topics"] == {"calendar": 1, "notices": 1}
    assert "topics        calendar 1, notices 1\n" in people
