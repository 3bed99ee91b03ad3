"""A real server, a real browser, a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cluster import cluster, empty_database
from tests.support import CHROMIUM, CHROMIUM_ARGS, Node

settings.register_profile("house", deadline=None)  # speed is no rule of a test: a busy machine is not a fault
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: once Playwright has started, its event loop runs in this thread, and no other can."""
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()) or "e2e" in item.path.parts)


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """The demo office Kaltim, shared by the tests that leave it as they found it."""
    served = Node(tmp_path_factory.mktemp("node"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield served
    served.stop()


@pytest.fixture
def own_node(tmp_path: Path) -> Iterator[Node]:
    """A node of this test's own, prepared but not started."""
    mine = Node(tmp_path / "data", env={"KIOSK_RATE_LIMITS": "off"}).prepare()
    yield mine
    mine.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a throw-away cluster."""
    with cluster("fsync=off") as address:
        yield address


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """Address of an empty database that lives as long as the test."""
    with empty_database(postgres_server) as address:
        yield address
