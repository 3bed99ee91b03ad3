"""Whether the database fits the program: migrations are numbered files, and the database remembers the last one."""

from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect, text

from kiosk.core.db import keep_closed
from kiosk.core.errors import StartError
from kiosk.core.i18n import N_

MIGRATIONS = Path(__file__).resolve().parents[2] / "db/migrations/versions"


class DatabaseOlder(StartError):
    """The database lacks migrations that this program needs."""

    code = "STORAGE-0426"
    sentence = N_("The database stands at {found}, this program needs {needed}. Run: kiosk migrate")


class DatabaseNewer(StartError):
    """The database was migrated by a newer program."""

    code = "STORAGE-0409"
    sentence = N_("The database stands at {found}, which this program does not know (it knows up to {needed}). Install the newer program.")


def known() -> list[str]:
    """Numbers of the migrations that this program has, in order: `["0001", ...]`."""
    return sorted(path.name[:4] for path in MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.py"))


def stands_at(engine: Engine) -> str:
    """Number of the last migration of the database; "" for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def check(engine: Engine) -> str:
    """The database's migration when it is this program's last. Raises `DatabaseOlder` or `DatabaseNewer`."""
    found, needed = stands_at(engine), known()[-1]
    if found == needed:
        return found
    facts = {"found": found or "0000", "needed": needed}
    raise DatabaseOlder(**facts) if found in {"", *known()} else DatabaseNewer(**facts)


def migrate(url: str) -> None:
    """Bring the database at the SQLAlchemy `url` to the last migration; a database that is there already stays untouched.

    Raises `DatabaseNewer` when it is beyond that.
    """
    from alembic import command
    from alembic.config import Config

    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        keep_closed(Path(str(engine.url.database)))
    found = stands_at(engine)
    engine.dispose()
    if found not in {"", *known()}:
        raise DatabaseNewer(found=found, needed=known()[-1])
    config = Config(str(MIGRATIONS.parents[1] / "alembic.ini"))
    config.set_main_option("script_location", str(MIGRATIONS.parent))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")
