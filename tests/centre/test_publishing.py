"""`kiosk centre publish`: whole or not at all, and with the line of what is wrong."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import kiosk.tables  # noqa: F401
from kiosk.centre import publishing
from kiosk.centre.feed import in_force, lacking
from kiosk.core.errors import KioskError
from kiosk.queues.feed import Calendar
from kiosk.sync.topics import BodyDamaged
from tests.centre.house import Centre
from tests.sync.feeding import NOW, OFFICE, Feeding, feeding, seed_content

__all__ = ["feeding"]

NOTICES = """\
public:
  - id: libur
    indonesian: Besok libur
    english: Closed tomorrow
    from: 2026-03-12T00:00:00+08:00
    until: 2026-03-13T00:00:00+08:00
"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    return Centre(tmp_path_factory.mktemp("centre")).prepare()


def test_a_file_and_the_seed_are_published_once(centre: Centre, tmp_path: Path):
    file = tmp_path / "notices.yaml"
    file.write_text(NOTICES)
    assert centre.run("publish", "kaltim", "notices", str(file)).stdout == "notices 1: published\n"
    file.write_text(json.dumps({"public": []}))
    assert centre.run("publish", "kaltim", "notices", str(file)).stdout == "notices 2: published\n"
    assert centre.run("publish", "kaltim", "notices", str(file)).stdout == "notices 2: unchanged\n"
    seeded = centre.run("publish", "kaltim", "--seed").stdout
    assert seeded == "catalogue 1: published\ncalendar 1: published\ntexts 1: published\n"
    assert centre.run("publish", "kaltim", "--seed").stdout == seeded.replace("published", "unchanged")


@pytest.mark.parametrize(
    ("topic", "file", "seed", "said"),
    [
        ("notices", "notices.yaml", False, "FEED-0424: The file notices.yaml is damaged at line 5, field public.0.from"),
        ("notices", "nowhere.yaml", False, "FEED-0424: The file nowhere.yaml is damaged"),
        ("catalogue", "notices.yaml", False, "FEED-0424"),
        ("weather", "notices.yaml", False, "FEED-0404: There is no topic weather. Topics are: calendar, catalogue, notices, texts, trust."),
        ("", None, False, "FEED-0405"),
        ("notices", None, False, "FEED-0405"),
        ("notices", "notices.yaml", True, "FEED-0405"),
    ],
)
def test_what_cannot_be_published_is_said_with_its_place(tmp_path: Path, topic: str, file: str | None, seed: bool, said: str):
    (tmp_path / "notices.yaml").write_text(NOTICES.replace("2026-03-12T00:00:00+08:00", "yesterday"))
    with pytest.raises(KioskError) as refused:
        publishing.chosen(OFFICE, topic, tmp_path / file if file else None, seed=seed)
    assert f"{refused.value.code}: {refused.value}".startswith(said)


def test_the_command_says_it_in_one_line(centre: Centre):
    for words, said in ((("kaltim", "notices"), "FEED-0405"), (("nowhere", "--seed"), "nowhere")):
        done = centre.run("publish", *words)
        assert done.returncode == 1
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_seed_file_that_is_damaged_publishes_nothing_of_the_others(feeding: Feeding, monkeypatch: pytest.MonkeyPatch):
    bodies = publishing.seed_bodies(OFFICE)
    bodies["texts"] = Calendar(days=[])  # of another topic
    with pytest.raises(BodyDamaged), feeding.there.begin() as connection:
        publishing.publish_all(connection, feeding.desk._key, office_id=OFFICE, bodies=bodies, at=NOW, by="test")
    with feeding.there.begin() as connection:
        assert in_force(connection, OFFICE) == []


def test_a_body_beyond_all_measure_is_not_published(feeding: Feeding, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("kiosk.centre.feed.MOST_BYTES", 1000)
    with pytest.raises(KioskError) as refused:
        feeding.publish("catalogue", seed_content("catalogue"))
    assert refused.value.code == "FEED-0413"


def test_an_office_is_given_its_own_alone(feeding: Feeding):
    feeding.publish("calendar", {"days": []}, office_id="rohil")
    feeding.publish("texts", seed_content("texts"))
    assert [one["topic"] for one in feeding.link.feed({})["items"]] == ["texts"]


def test_it_is_the_same_on_postgresql(postgres: str):
    engine = create_engine(postgres)
    SQLModel.metadata.create_all(engine)
    key, bodies = Ed25519PrivateKey.generate(), publishing.seed_bodies(OFFICE)
    with engine.begin() as connection:
        publishing.publish_all(connection, key, office_id=OFFICE, bodies=bodies, at=NOW, by="test")
        given = lacking(connection, office_id=OFFICE, have={"catalogue": 4}, at=NOW)
        assert sorted(one["topic"] for one in given["items"]) == ["calendar", "texts"]
        lacking(connection, office_id=OFFICE, have={"catalogue": 3}, at=NOW)
        bodies["catalogue"].services.reverse()
        done = publishing.publish_all(connection, key, office_id=OFFICE, bodies=bodies, at=NOW, by="test")
        assert [(one.version, one.new) for one in done] == [(5, True), (1, False), (1, False)]
        assert [one["version"] for one in in_force(connection, OFFICE)] == [1, 5, 1]
    engine.dispose()
