"""Settings of the centre: environment variables `KIOSK_*`, beside those of a node."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from kiosk.core.config import BadSetting, DataFolder, read

DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
KNOWN = frozenset({"sqlite", "postgresql+psycopg"})


class CentreSettings(BaseSettings):
    """What a centre may set."""

    model_config = SettingsConfigDict(env_prefix="KIOSK_", extra="ignore")

    database_url: SecretStr | None = Field(
        None, description="The centre's database: postgresql://user@host/name, or sqlite:///file; without it centre.db in KIOSK_DATA_DIR"
    )
    migrate_url: SecretStr | None = Field(
        None, description="For kiosk centre migrate: the same PostgreSQL as the owner of the tables, whom the server itself never is"
    )
    centre_host: str = Field("127.0.0.1", description="Address on which the centre listens; HTTPS is made by a proxy before it")
    centre_port: int = Field(8100, ge=1, le=65535, description="Port on which the centre listens")
    centre_url: HttpUrl | None = Field(None, description="The centre's own address, as offices reach it; signatures are over it")
    data_dir: DataFolder = Field(
        Path("data"), validate_default=True, description="Folder of the centre's key, and of its database if that is SQLite"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged")

    @property
    def address(self) -> str:
        """The centre's own address, without a slash at the end."""
        return str(self.centre_url).rstrip("/") if self.centre_url else f"http://localhost:{self.centre_port}"

    @property
    def database(self) -> URL:
        """Where the database is. Raises `BadSetting`."""
        given = self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.data_dir / 'centre.db'}"
        return _address("KIOSK_DATABASE_URL", given)

    @property
    def owned(self) -> URL:
        """The same database, with the rights to change its tables. Raises `BadSetting`."""
        return _address("KIOSK_MIGRATE_URL", self.migrate_url.get_secret_value()) if self.migrate_url else self.database


def _address(name: str, given: str) -> URL:
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise BadSetting(name=name, reason="it is no address of a database") from None
    url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    if url.drivername not in KNOWN or (url.drivername == "sqlite" and url.database in {None, "", ":memory:"}):
        raise BadSetting(name=name, reason="it begins with sqlite:/// and a file, or with postgresql://")
    return url


@cache
def centre_settings() -> CentreSettings:
    """The centre's settings of this process, read once. Raises `BadSetting`."""
    return read(CentreSettings)
