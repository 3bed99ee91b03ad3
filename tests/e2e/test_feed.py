"""What the centre publishes shows on the office's screens without a restart and without a touch, and stays when the node dies."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from kiosk.centre import publishing
from kiosk.core.clock import utc_now
from tests.centre.house import Centre
from tests.support import Node

from .house import TV, House, new_context, services, settle

TEXT = "Loket tutup pukul 10.30 <b>& tidak lebih</b>"
NAME = "Izin yang baru dari pusat"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    served = Centre(tmp_path_factory.mktemp("centre")).prepare().start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def house(chromium: Browser, office: Callable[[str], Node], centre: Centre) -> Iterator[House]:
    node = office("kaltim")
    centre.enrol(node)
    opened = House(node.start(), new_context(chromium))
    yield opened
    opened.context.close()
    node.stop()


def publish(centre: Centre, folder: Path, topic: str, content: dict[str, Any]) -> None:
    file = folder / f"{topic}.json"
    file.write_text(json.dumps(content))
    done = centre.run("publish", "kaltim", topic, str(file))
    assert done.returncode == 0, done.stderr


def test_notices_and_a_changed_service_appear_and_stay(house: House, centre: Centre, tmp_path: Path):
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
    publish(centre, tmp_path, "notices", {"public": public})
    publish(centre, tmp_path, "catalogue", catalogue)
    house.node.token()  # something happens, so that the line speaks now and not within the minute
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

    deadline = time.monotonic() + 40
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.3)
