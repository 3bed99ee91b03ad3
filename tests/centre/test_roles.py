"""The centre on PostgreSQL: as whom it works, and what it says when that is wrong."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, insert

from kiosk.centre.config import CentreSettings
from kiosk.centre.database import migrate, open_centre, prepare
from kiosk.centre.errors import CentreOlder
from kiosk.centre.ingest import NODES
from kiosk.centre.people import service
from kiosk.centre.row_security import NoSuchRole, RoleTooStrong
from kiosk.core.clock import utc_now
from tests.centre.divided import as_server, make_role, row
from tests.centre.house import Centre
from tests.centre.site import HASH, SECRET, A, B


def settings(server: str, owner: str) -> CentreSettings:
    return CentreSettings(database_url=server, migrate_url=owner)  # type: ignore[arg-type]


def test_the_server_never_migrates_and_takes_no_role_that_could_lift_the_rule(postgres: str):
    make_role(postgres)
    here = settings(as_server(postgres), postgres)
    engine = open_centre(here)
    with pytest.raises(CentreOlder):
        prepare(here, engine)
    with pytest.raises(NoSuchRole):
        migrate(settings(postgres.replace("kiosk@", "niemand@"), postgres))
    for _ in range(2):
        migrate(here)
        prepare(here, engine)
    engine.dispose()
    own = settings(postgres, postgres)
    engine = open_centre(own)
    with pytest.raises(RoleTooStrong):
        prepare(own, engine)
    engine.dispose()


def test_the_process_serves_each_person_the_offices_that_are_theirs(tmp_path: Path, postgres: str):
    centre = Centre(tmp_path, database=postgres)
    make_role(postgres)
    assert centre.run("migrate").returncode == 0
    owner = create_engine(postgres)
    with owner.begin() as connection:
        for name, office in (("ani", A), ("sari", "*")):
            service.add(connection, name=name, office_id=office, passphrase_hash=HASH, at=utc_now())
        for office in (A, B):
            values = row(NODES, office, f"PC {office}") | {"last_contact_at": None, "twin_seen_at": None}
            connection.execute(insert(NODES), values)
    owner.dispose()
    centre.start()
    try:
        pages = {name: front(centre.url, name) for name in ("ani", "sari")}
    finally:
        centre.stop()
    assert all(f"PC {office}" in pages["sari"] for office in (A, B))
    assert f"PC {A}" in pages["ani"]
    assert B not in pages["ani"]
    assert SECRET not in (tmp_path / "centre.log").read_text()


def front(url: str, name: str) -> str:
    """The first page as `name` sees it."""
    with httpx.Client(base_url=url, headers={"origin": url}, follow_redirects=True) as browser:
        return browser.post("/masuk", data={"name": name, "passphrase": SECRET}).text
