"""A Chromium that knows the office by a second name, and nodes on copies of one prepared folder."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

from .house import NAME, new_context

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium(browser_type: BrowserType) -> Iterator[Browser]:
    opened = browser_type.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Node]]:
    """Gives a node of the named office, migrated and loaded, not started."""
    prepared: dict[str, Node] = {}
    given: list[Node] = []

    def make(name: str) -> Node:
        if name not in prepared:
            prepared[name] = Node(tmp_path_factory.mktemp(f"{name}-prepared") / "data", office=name).prepare()
        data = tmp_path_factory.mktemp(name) / "data"
        shutil.copytree(prepared[name].data, data)
        node = Node(data, office=name, env={"KIOSK_RATE_LIMITS": "off"})
        node.env["KIOSK_PUBLIC_URL"] = f"http://{NAME}:{node.port}"
        given.append(node)
        return node

    yield make
    for node in given:
        node.stop()


@pytest.fixture(scope="session")
def hall(office: Callable[[str], Node]) -> Node:
    """A running node that tests leave as they found it, but for the numbers taken."""
    return office("kaltim").start()


@pytest.fixture
def kiosk(chromium: Browser, hall: Node) -> Iterator[Page]:
    """The touchscreen of a visitor who has just come, with the browser's clock in our hands."""
    context = new_context(chromium)
    page = context.new_page()
    page.clock.install()
    page.goto(hall.url)
    yield page
    context.close()
