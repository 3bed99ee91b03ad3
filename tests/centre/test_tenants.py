"""Two offices on one PostgreSQL, through the role that the server uses: no row of the other one, whatever is asked."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine, Table, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from kiosk.centre import nodes, row_security, tenancy
from kiosk.centre.desk import Desk
from kiosk.centre.ingest import EVENTS, NODES
from kiosk.core.chain import GENESIS, canonical
from kiosk.core.ids import new_id
from kiosk.sync.keys import public_hex
from kiosk.sync.link import PREFIX
from kiosk.sync.signing import Request, sign
from tests.centre.divided import Divided, fill, row, tables
from tests.sync.pair import CENTRE, NOW

A, B = "kaltim", "rohil"
TABLES = {table.name: table for table in tables()}


def of(table: Table, office_id: str) -> Any:
    return table.c.office_id == office_id


def count(connection: Connection, table: Table) -> dict[str, int]:
    return dict(connection.execute(select(table.c.office_id, func.count()).group_by(table.c.office_id)).tuples().all())


@pytest.fixture
def filled(divided: Divided) -> Divided:
    with divided.owner.begin() as connection:
        fill(connection, A, B)
    return divided


def refused(engine: Engine, statement: Any, values: Any = None) -> str:
    """What PostgreSQL says when office A tries `statement`."""
    with engine.connect() as connection:
        tenancy.as_office(connection, A)
        with pytest.raises(DBAPIError) as failure:
            connection.execute(statement, values)
        return str(failure.value.orig)


def test_no_statement_of_one_office_meets_a_row_of_another(filled: Divided):
    """Every table and every kind of statement, without a condition that would name the office."""
    for table in reversed(TABLES.values()):
        same = {column.name: column for column in table.columns if column.name != "office_id"}
        with filled.server.connect() as connection:
            tenancy.as_office(connection, A)
            assert count(connection, table) == {A: 1}, table.name
            assert connection.execute(select(func.count()).select_from(table).where(of(table, B))).scalar() == 0, table.name
            if table.name not in row_security.KEPT:
                assert connection.execute(table.delete().where(of(table, B))).rowcount == 0, table.name
            assert connection.execute(table.update().where(of(table, B)).values(same)).rowcount == 0, table.name
            assert connection.execute(table.update().values(same)).rowcount == 1, table.name
        assert "row-level security" in refused(filled.server, table.update().values(office_id=B)), table.name
        assert "row-level security" in refused(filled.server, table.insert(), row(table, B, "y")), table.name
        with filled.owner.connect() as connection:
            assert count(connection, table) == {A: 1, B: 1}, table.name


def test_a_join_that_forgets_the_office_finds_its_own_rows_only(filled: Divided):
    joins = [(child, key) for child in TABLES.values() for key in child.foreign_key_constraints]
    assert len(joins) > 10
    with filled.server.connect() as connection:
        tenancy.as_office(connection, A)
        for child, key in joins:
            parent = key.referred_table.alias()
            asked = select(child.c.office_id, parent.c.office_id).select_from(child.join(parent, text("true")))
            assert {tuple(found) for found in connection.execute(asked)} == {(A, A)}, (child.name, parent.name)


def test_a_row_cannot_hang_on_another_office_s_row(divided: Divided):
    """B alone has the rows that are pointed to: A's foreign keys do not reach them."""
    with divided.owner.begin() as connection:
        fill(connection, B)
    for table in TABLES.values():
        if table.foreign_keys:
            with divided.server.connect() as connection:
                tenancy.as_office(connection, A)
                with pytest.raises(IntegrityError):
                    connection.execute(table.insert(), row(table, A))


@pytest.mark.parametrize("way", ["never said", "said before", "one key"])
def test_who_does_not_say_for_whom_sees_nothing(filled: Divided, way: str):
    with filled.server.connect() as connection:
        if way == "said before":  # the setting ends with its transaction, also when the connection goes on
            tenancy.as_office(connection, A)
            connection.commit()
        if way == "one key":
            tenancy.looking_for(connection, "no such key")
        for table in TABLES.values():
            assert count(connection, table) == {}, table.name
        for office_id in (A, ""):
            with pytest.raises(ProgrammingError, match="row-level security"):
                connection.execute(EVENTS.insert(), row(EVENTS, office_id, "y"))
            connection.rollback()


def test_a_key_opens_its_one_row_for_reading_and_nothing_else(filled: Divided):
    with filled.owner.begin() as connection:
        connection.execute(NODES.update().where(of(NODES, B)).values(node_id="of-b"))
    with filled.server.connect() as connection:
        tenancy.looking_for(connection, "of-b")
        assert count(connection, NODES) == {B: 1}
        assert connection.execute(NODES.update().values(name="z")).rowcount == 0
        assert connection.execute(NODES.delete()).rowcount == 0
        assert [name for name, table in TABLES.items() if count(connection, table)] == ["centre_node"]


def test_operators_see_every_office(filled: Divided):
    with filled.server.connect() as connection:
        tenancy.as_operator(connection)
        assert all(count(connection, table) == {A: 1, B: 1} for table in TABLES.values())


@pytest.mark.parametrize("office_id", ["*", "", "KALTIM", "a' OR true --", "x" * 40])
def test_the_mark_of_the_operators_is_no_office(divided: Divided, office_id: str):
    with divided.server.connect() as connection, pytest.raises(ValueError, match="no id of an office"):
        tenancy.as_office(connection, office_id)


STRONGER = [
    "ALTER TABLE centre_event DISABLE ROW LEVEL SECURITY", "ALTER TABLE centre_event NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY own_office ON centre_event", "TRUNCATE centre_event", "DELETE FROM centre_event", "DELETE FROM centre_set_aside",
    "CREATE TABLE mine (a int)", "UPDATE alembic_version SET version_num = '0001'", "SET ROLE kiosk",
    "COPY centre_event FROM STDIN", "SET row_security = off; SELECT * FROM centre_event",
]  # fmt: skip


@pytest.mark.parametrize("statement", STRONGER)
def test_the_server_s_role_cannot_lift_the_rule(filled: Divided, statement: str):
    with filled.server.connect() as connection:
        tenancy.as_office(connection, A)
        with pytest.raises(DBAPIError):
            connection.exec_driver_sql(statement)


def test_every_table_carries_the_rule_and_the_office_first_in_its_keys(divided: Divided):
    for table in TABLES.values():
        keys = [
            table.primary_key,
            *(one for one in table.constraints if type(one).__name__ in {"UniqueConstraint", "ForeignKeyConstraint"}),
        ]
        assert all(next(iter(one.columns)).name == "office_id" for one in keys), table.name
    with divided.owner.connect() as connection:
        secured = connection.execute(
            text("SELECT tablename FROM pg_policies JOIN pg_class ON relname = tablename WHERE relrowsecurity AND relforcerowsecurity")
        )
        names = set(secured.scalars())
        everything = set(connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars())
    assert names == set(TABLES)
    assert everything - names == row_security.NO_OFFICE == {"alembic_version"}


def test_the_server_starts_with_a_role_that_owns_nothing_and_with_no_other(divided: Divided):
    row_security.check_role(divided.server)
    with pytest.raises(row_security.RoleTooStrong):
        row_security.check_role(divided.owner)
    for gain, loss in (
        ("ALTER ROLE kios_app BYPASSRLS", "ALTER ROLE kios_app NOBYPASSRLS"),
        ("ALTER TABLE centre_event OWNER TO kios_app", "ALTER TABLE centre_event OWNER TO kiosk"),
    ):
        with divided.owner.begin() as connection:
            connection.exec_driver_sql(gain)
        try:
            with pytest.raises(row_security.RoleTooStrong):
                row_security.check_role(divided.server)
        finally:
            with divided.owner.begin() as connection:
                connection.exec_driver_sql(loss)
    with divided.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE call NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(row_security.RowsOpen, match="call"):
        row_security.check_role(divided.server)
    with divided.owner.connect() as connection, pytest.raises(row_security.NoSuchRole):
        row_security.grant(connection, "nobody_here")


class Asked:
    """A node of each office at a desk that works with the server's role."""

    def __init__(self, divided: Divided) -> None:
        self.engine = create_engine(divided.server_url)
        self.desk = Desk(self.engine, Ed25519PrivateKey.generate(), address=CENTRE, clock=lambda: NOW)
        self.keys, self.ids = {}, {}
        for office_id in (A, B):
            self.keys[office_id] = Ed25519PrivateKey.generate()
            with self.engine.begin() as connection:
                tenancy.as_office(connection, office_id)
                code = nodes.make_code(connection, office_id=office_id, at=NOW)
            told = self.say("POST", "/nodes", {"code": code, "public_key": public_hex(self.keys[office_id]), "name": "PC"})
            self.ids[office_id] = told["node_id"]
            self.used = code

    def say(self, method: str, path: str, body: Any = b"", key: str = "", node: str = "") -> dict[str, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = Request(method, f"{CENTRE}{PREFIX}{path}", content)
        if key:
            sign(request, self.keys[key], self.ids[node or key], at=NOW)
        return json.loads(self.desk.answer(request).body)

    def send(self, office_id: str, *lines: bytes) -> dict[str, Any]:
        return self.say("POST", f"/events/1/1?previous={GENESIS}", b"\n".join(lines) + b"\n", office_id)


def event(office_id: str, **changes: Any) -> bytes:
    facts = {"office_id": office_id, "event_id": new_id(), "kind": "ticket.taken", "at": "2026-03-12T01:42:00.000000+00:00"}
    return canonical({**facts, "actor": "cli", "body": {"serial": 1}, **changes})


def test_a_node_reaches_nothing_of_another_office_over_signed_messages(divided: Divided):
    asked = Asked(divided)
    secret = event(B, body={"secret": "of B"})
    assert asked.send(B, secret)["set_aside"] == []
    asked.send(A, event(A))

    assert asked.say("GET", "/events/1/0?limit=10", b"", A)["events"] != []
    assert "of B" not in json.dumps(asked.say("GET", "/events/1/0?limit=10", b"", A))
    # B's name under A's key, a body and an id of B, a code that B used
    assert asked.say("GET", "/events/1/0?limit=10", b"", A, node=B)["code"] == "SYNC-0401"
    said = asked.say("POST", "/hello", {"node_id": asked.ids[B], "office_id": B, "backlog": 9}, A)
    assert said["cursor"][:2] == [1, 1]
    stolen = asked.say("POST", "/nodes", {"code": asked.used, "public_key": public_hex(asked.keys[A]), "name": "PC"})
    assert stolen["code"] == "SYNC-0404"
    # bodies of others, and B's own id: the same id in two offices is two events
    lines = [event(B), event("*"), event(""), event(A, event_id=json.loads(secret)["event_id"])]
    told = asked.say("POST", f"/events/2/1?previous={said['cursor'][2]}", b"\n".join(lines) + b"\n", A)
    assert told["set_aside"] == [[1, "SYNC-0403"], [2, "SYNC-0403"], [3, "SYNC-0403"]]

    with divided.owner.connect() as connection:
        assert count(connection, EVENTS) == {A: 2, B: 1}
        backlog = dict(connection.execute(select(NODES.c.office_id, NODES.c.backlog)).tuples().all())
        assert backlog == {A: 5, B: 0}  # nine, of which four came


def test_a_desk_that_forgets_to_narrow_reads_and_writes_nothing(divided: Divided, monkeypatch: pytest.MonkeyPatch):
    asked = Asked(divided)
    monkeypatch.setattr(tenancy, "as_office", lambda *_: None)
    assert asked.send(A, event(A))["code"] == "SYNC-0503"  # its own row is not there
    with divided.owner.connect() as connection:
        assert count(connection, EVENTS) == {}
