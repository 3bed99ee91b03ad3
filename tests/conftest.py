"""A real server, a real browser, a real PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine

from tests.support import CHROMIUM, CHROMIUM_ARGS, Node, free_port


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
    """Address of a throw-away cluster from Debian's programs. PostgreSQL refuses to run as root: then as user `postgres`."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    home, port = Path(tempfile.mkdtemp(prefix="kiosk-pg-")), free_port()
    as_user: dict[str, object] = {}
    if os.getuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(*command: str) -> None:
        subprocess.run([str(programs / command[0]), *command[1:]], check=True, capture_output=True, cwd=home, **as_user)  # type: ignore[call-overload]

    run("initdb", "-D", f"{home}/data", "-U", "kiosk", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} -c fsync=off"
    run("pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log", "-o", options, "start")
    yield f"postgresql+psycopg://kiosk@127.0.0.1:{port}/postgres"
    run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop")
    shutil.rmtree(home)


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """Address of an empty database that lives as long as the test."""
    name = f"test_{uuid4().hex}"
    server = create_engine(postgres_server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield postgres_server.rpartition("/")[0] + f"/{name}"
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
