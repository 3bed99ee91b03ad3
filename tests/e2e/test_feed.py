"""What the centre publishes shows on the office's screens without a restart and without a touch, and stays when the node dies."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from kiosk.centre import nodes, publishing
from kiosk.centre.errors import KeyDamaged
from kiosk.centre.server import KEY
from kiosk.core.clock import utc_now
from kiosk.core.ids import new_id
from kiosk.sync import topics
from kiosk.sync.keys import kept_key
from tests.centre.house import Centre
from tests.support import Node

from .house import TV, House, new_context, services, settle

TEXT = "Loket tutup pukul 10.30 <b>& tidak lebih</b>"
NAME = "Izin yang baru dari pusat"


SEND = """([path, body]) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  .then((answer) => answer.status)"""
pytestmark = pytest.mark.timeout(400)  # two programs and a browser come up first


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    served = Centre(tmp_path_factory.mktemp("centre")).start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def house(chromium: Browser, office: Callable[[str], Node], centre: Centre) -> Iterator[House]:
    node = office("kaltim")
    with centre.engine() as engine, engine.begin() as connection:
        code = nodes.make_code(connection, office_id="kaltim", at=utc_now())
    enrolled = node.run("sync", "enrol", code, "--centre", centre.url)
    assert enrolled.returncode == 0, enrolled.stderr
    opened = House(node.start(), new_context(chromium))
    yield opened
    opened.context.close()
    node.stop()


def publish(centre: Centre, topic: str, content: dict[str, Any]) -> None:
    """As `kiosk centre publish` does."""
    bodies = {topic: topics.find(topic).body.model_validate(content)}
    key = kept_key(centre.data / KEY, damaged=KeyDamaged)
    with centre.engine() as engine, engine.begin() as connection:
        publishing.publish_all(connection, key, office_id="kaltim", bodies=bodies, at=utc_now(), by="test")


def test_notices_and_a_changed_service_appear_and_stay(house: House, centre: Centre):
    first = house.open("/")
    settle(first, len(services(house.node)))
    first.close()
    home, board = house.context.new_page(), house.context.new_page()
    for page, path in ((home, "/"), (board, "/papan")):
        page.clock.install()
        page.goto(house.node.url + path)
    board.set_viewport_size({"width": TV[0], "height": TV[1]})
    expect(home.locator(".open-line b").first).to_be_attached()
    expect(home.locator(".notice")).to_have_count(0)

    now = utc_now()
    span = {"from": (now - timedelta(hours=1)).isoformat(), "until": (now + timedelta(hours=3)).isoformat()}
    public = [{"id": "tutup", "indonesian": TEXT, "english": "Counters close at 10:30", "level": "important", **span}]
    catalogue = publishing.seed_bodies("kaltim")["catalogue"].model_dump(mode="json")
    catalogue["services"][0]["name"] = NAME
    publish(centre, "notices", {"public": public})
    publish(centre, "catalogue", catalogue)
    assert home.evaluate(SEND, ["/api/v1/devices/demo", {}]) == 204
    assert home.evaluate(SEND, ["/api/v1/tickets", {"id": new_id(), "queue": "A"}]) == 201  # so the line speaks now, not within the minute
    _until(lambda: house.node.get("/api/v1/notices").body["notices"])

    home.clock.run_for(60_000)  # nobody touches either
    board.clock.run_for(60_000)
    for page in (home, board):
        expect(page.locator(".notice .w[lang=id]")).to_have_text(TEXT)
        expect(page.locator(".notice b")).to_have_count(0)
    home.locator("[data-tool=language]").click()
    expect(home.locator(".notice .w[lang=en]")).to_be_visible()
    expect(home.locator(".notice .w[lang=id]")).to_be_hidden()
    home.locator("[data-tool=language]").click()

    assert NAME in [one["title"] for one in house.node.get("/api/v1/catalogue").body]
    listed = house.open("/layanan")
    expect(listed.locator(".service-tile").filter(has_text=NAME)).to_have_count(1)
    listed.close()
    _until(lambda: centre.rows("SELECT count(*) FROM centre_event WHERE kind = 'feed.applied'")[0][0] == 2)

    house.dark()
    home.reload()
    expect(home.locator(".notice .w[lang=id]")).to_have_text(TEXT)
    expect(board.locator(".notice .w[lang=id]")).to_have_text(TEXT)
    listed = house.open("/layanan")
    expect(listed.locator(".service-tile").filter(has_text=NAME)).to_have_count(1)
    listed.close()
    home.clock.fast_forward("03:05:00")
    home.clock.run_for(16_000)
    expect(home.locator(".notice")).to_have_count(0)


def _until(done: Callable[[], Any]) -> None:
    import time

    deadline = time.monotonic() + 90
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.3)
