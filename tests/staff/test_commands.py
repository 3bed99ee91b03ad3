"""`kiosk staff ...`, and accounts from before there were sixteen roles."""

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from kiosk.core import schema
from tests.support import Node


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A folder on which no node runs: the command needs none."""
    return Node(tmp_path_factory.mktemp("commands"), env={"KIOSK_DEMO": "off"}).prepare()


def listed(office: Node) -> dict[str, list[str]]:
    lines = office.run("staff", "list").stdout.splitlines()
    return {line[:30].strip(): line[30:].replace(",", "").split() for line in lines}


def test_a_person_with_two_roles_is_added_listed_changed_closed_and_opened_again(office: Node):
    pin = office.run("staff", "add", "Bu Ratna", "--role", "registration", "--role", "admin").stdout.strip()
    assert len(pin) == 6
    assert pin.isdecimal()
    assert listed(office) == {"Bu Ratna": ["open", "0", "admin", "registration"]}
    office.run("staff", "add", "Pak Joko", "--role", "admin")
    assert office.run("staff", "roles", "Bu Ratna", "--role", "auditor").returncode == 0
    assert listed(office)["Bu Ratna"] == ["open", "0", "auditor"]
    office.run("staff", "close", "Bu Ratna")
    assert listed(office)["Bu Ratna"][0] == "closed"
    office.run("staff", "reopen", "Bu Ratna")
    fresh = office.run("staff", "reset-pin", "Bu Ratna").stdout.strip()
    assert fresh != pin
    assert listed(office)["Bu Ratna"] == ["open", "0", "auditor"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "Baru", "--role", "boss"), "STAFF-0422"),
        (("add", "", "--role", "admin"), "STAFF-0422"),
        (("add", "Pak Budi", "--role", "verifier"), "STAFF-0409"),
        (("roles", "Tidak Ada", "--role", "verifier"), "STAFF-0404"),
        (("roles", "Pak Budi", "--role", "boss"), "STAFF-0422"),
        (("reset-pin", "Tidak Ada"), "STAFF-0404"),
        (("unlock", "Tidak Ada"), "STAFF-0404"),
        (("close", "Tidak Ada"), "STAFF-0404"),
    ],
)
def test_what_cannot_be_done_is_one_line_with_a_code(office: Node, words: tuple[str, ...], code: str):
    if "Pak Budi" not in listed(office):
        office.run("staff", "add", "Pak Budi", "--role", "verifier")
    done = office.run("staff", *words)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().splitlines()[-1].startswith(f"{code}: ")


def test_the_last_admin_is_not_closed_by_the_command_either(tmp_path: Path):
    alone = Node(tmp_path / "data", env={"KIOSK_DEMO": "off"}).prepare()
    alone.run("staff", "add", "Satu", "--role", "admin")
    assert alone.run("staff", "close", "Satu").stderr.startswith("STAFF-0425")
    assert alone.run("staff", "roles", "Satu", "--role", "verifier").stderr.startswith("STAFF-0425")
    assert listed(alone)["Satu"] == ["open", "0", "admin"]


def test_accounts_of_before_keep_what_they_could_do(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/office.db"
    before = next(path for path in schema.MIGRATIONS.glob("*_roles.py")).read_text().split('down_revision = "')[1].split('"')[0]
    to_before = Config()
    to_before.set_main_option("script_location", str(schema.MIGRATIONS.parent))
    to_before.set_main_option("sqlalchemy.url", url)
    command.upgrade(to_before, before)
    engine = create_engine(url)
    with engine.begin() as connection:
        for number, role in enumerate(("officer", "admin")):
            row = {"id": f"a{number}", "name": role, "role": role, "position": number, "at": "2026-03-12T00:00:00.000000+00:00"}
            connection.execute(
                text(
                    "INSERT INTO account (office_id, id, name, role, pin_hash, position, demo, created_at) "
                    "VALUES ('kaltim', :id, :name, :role, 'x', :position, 0, :at)"
                ),
                row,
            )
    schema.migrate(url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, account_role.role FROM account JOIN account_role ON account_id = id")).all()
    assert {tuple(row) for row in rows} == {
        ("officer", "information"),
        ("officer", "customer_service"),
        ("officer", "registration"),
        ("officer", "collection"),
        ("admin", "admin"),
    }
    engine.dispose()
