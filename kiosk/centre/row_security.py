"""The rules that PostgreSQL itself keeps: each office its own rows, and a server that could not lift the rule if it wanted to.

After PostgreSQL's documentation, "Row Security Policies" and CREATE POLICY. Security is not a step in the history of the tables but
a property that all of them have, so that it is laid on again after every migration and no new table can be forgotten.
"""

from sqlalchemy import Connection, Engine, inspect, text

from kiosk.centre.tenancy import EVERY_OFFICE, KEY, OFFICE
from kiosk.core.errors import StartError
from kiosk.core.i18n import N_

NO_OFFICE = frozenset({"alembic_version"})  # tables that belong to no office
# Where somebody is found before the office is known, and by which column.
FOUND_BY = {"centre_node": "node_id", "centre_node_code": "code_hash", "centre_user": "name", "centre_session": "id_hash"}
KEPT = ("centre_event", "centre_set_aside")  # what came is never deleted
_OWN = f"office_id = NULLIF(current_setting('{OFFICE}', true), '') OR current_setting('{OFFICE}', true) = '{EVERY_OFFICE}'"


class RoleTooStrong(StartError):
    """The server would work with a role for which the rules do not count."""

    code = "STORAGE-0403"
    sentence = N_(
        "The database role {role} could read every office: it is a superuser, has BYPASSRLS, or owns the tables. Let the server use a role "
        "that owns nothing, and run: kiosk centre migrate"
    )


class RowsOpen(StartError):
    """A table on which the rules do not lie."""

    code = "STORAGE-0405"
    sentence = N_("These tables are not separated by office: {tables}. Run: kiosk centre migrate")


class NoSuchRole(StartError):
    """The role that the server is to use is not there."""

    code = "STORAGE-0404"
    sentence = N_("The database has no role {role}. An administrator of the database makes it: CREATE ROLE {role} LOGIN PASSWORD '...'")


def secure(connection: Connection) -> list[str]:
    """Lay the rules on every table with an office, as the tables' owner; gives their names. Nothing happens on SQLite."""
    if connection.dialect.name != "postgresql":
        return []
    names = [name for name in inspect(connection).get_table_names() if name not in NO_OFFICE]
    for name in sorted(names):
        connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY')
        connection.exec_driver_sql(f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY')
        _policy(connection, "own_office", name, f"USING ({_OWN}) WITH CHECK ({_OWN})")
        if column := FOUND_BY.get(name):
            _policy(connection, "found_by_key", name, f"FOR SELECT USING ({column} = NULLIF(current_setting('{KEY}', true), ''))")
    return names


def _policy(connection: Connection, policy: str, table: str, rule: str) -> None:
    connection.exec_driver_sql(f'DROP POLICY IF EXISTS {policy} ON "{table}"')
    connection.exec_driver_sql(f'CREATE POLICY {policy} ON "{table}" {rule}')


def grant(connection: Connection, role: str) -> None:
    """Let `role` read and write rows, and nothing else; what came stays. As the tables' owner. Raises `NoSuchRole`."""
    if connection.dialect.name != "postgresql":
        return
    if connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar() is None:
        raise NoSuchRole(role=role)
    name = connection.dialect.identifier_preparer.quote(role)
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {name}")
    for table in inspect(connection).get_table_names():
        rights = "SELECT" if table in NO_OFFICE else "SELECT, INSERT, UPDATE" if table in KEPT else "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f'REVOKE ALL ON "{table}" FROM {name}')
        connection.exec_driver_sql(f'GRANT {rights} ON "{table}" TO {name}')


_STRONG = text(
    "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER'))"
    " FROM pg_roles WHERE rolname = current_user"
)
_OPEN = text(
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    " AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname"
)


def check_role(engine: Engine) -> None:
    """Whether the rules count for the role of `engine`, before a server listens. Raises `RoleTooStrong`, `RowsOpen`; never on SQLite."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        if connection.execute(_STRONG).scalar():
            raise RoleTooStrong(role=connection.execute(text("SELECT current_user")).scalar())
        if bare := [name for name in connection.execute(_OPEN).scalars() if name not in NO_OFFICE]:
            raise RowsOpen(tables=", ".join(bare))
