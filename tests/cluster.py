"""A throw-away PostgreSQL cluster from Debian's programs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import NullPool, create_engine

from tests.support import free_port


@contextmanager
def cluster(*settings: str) -> Iterator[str]:
    """Address of a cluster that lives inside the block. PostgreSQL refuses to run as root: then as user `postgres`."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    home, port = Path(tempfile.mkdtemp(prefix="kiosk-pg-")), free_port()
    as_user: dict[str, object] = {}
    if os.getuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(*command: str) -> None:
        subprocess.run([str(programs / command[0]), *command[1:]], check=True, capture_output=True, cwd=home, **as_user)  # type: ignore[call-overload]

    run("initdb", "-D", f"{home}/data", "-U", "kiosk", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = " ".join([f"-p {port} -c listen_addresses=127.0.0.1 -k {home}", *(f"-c {setting}" for setting in settings)])
    run("pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://kiosk@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(home)


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """Address of an empty database of the cluster `server` that lives inside the block."""
    name = f"test_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.rpartition("/")[0] + f"/{name}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
