"""Settings: environment variables `KIOSK_*`, nothing else. `kiosk config` prints them with their meaning."""

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kiosk.core.errors import StartError
from kiosk.core.host import HOST
from kiosk.core.i18n import N_

Kind = TypeVar("Kind", bound=BaseSettings)
LONGEST_NUMBER = 64  # characters that a letter's code holds: docs/letters.md
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class BadSetting(StartError):
    """A setting has a value that it cannot have."""

    code = "CONFIG-0422"
    sentence = N_("The setting {name} is wrong: {reason}.")


def _printer(address: str) -> str:
    """Raises ValueError for what names no receipt printer."""
    target = urlsplit(address)
    network = target.scheme == "tcp" and target.hostname and target.port != 0 and target.path in {"", "/"}
    file = target.scheme == "file" and not target.netloc and target.path.startswith("/")
    if address and not (network or file):
        raise ValueError("a printer is tcp://host:9100 or file:///dev/usb/lp0")
    return address


def _signer(address: str) -> str:
    """Raises ValueError for an address over which anyone between could read letters or answer."""
    target = urlsplit(address)
    if address and not (target.hostname and (target.scheme == "https" or (target.scheme == "http" and target.hostname in LOOPBACK))):
        raise ValueError("a signer is https://host/path; plain http:// is for this computer itself only")
    return address.rstrip("/")


def _stamper(address: str) -> str:
    """Raises ValueError for what is no address. Plain HTTP will do: the answer is signed, and what is asked is a hash."""
    target = urlsplit(address)
    if address and not (target.hostname and target.scheme in {"http", "https"}):
        raise ValueError("a time-stamping authority is http://host/path or https://host/path")
    return address


def _letter_number(scheme: str) -> str:
    """Raises ValueError for what makes no two letters' numbers differ, or has places that no letter fills."""
    places = {name for _, name, _, _ in Formatter().parse(scheme) if name is not None}
    if "serial" not in places or places - {"serial", "roman", "month", "year"}:
        raise ValueError("it needs {serial}, and may have {roman} (month), {month} and {year}")
    if not 1 <= len(made := scheme.format(serial=2**32 - 1, roman="VIII", month=12, year=2026)) <= LONGEST_NUMBER or not made.isprintable():
        raise ValueError(f"a letter's number has at most {LONGEST_NUMBER} characters, all of them printable")
    return scheme


def _host(name: str) -> str:
    """Raises ValueError for what is no name of a host, with a port where it needs one."""
    if name and not HOST.fullmatch(name):
        raise ValueError("a host is a name such as cek.kantor.go.id, without https:// and without a path")
    return name.lower()


# A variable that is set to nothing is not set: Path("") would be the folder in which the command was started.
OptionalFile = Annotated[Path | None, BeforeValidator(lambda given: given or None)]
DataFolder = Annotated[Path, BeforeValidator(lambda given: given or "data"), AfterValidator(Path.resolve)]


class Settings(BaseSettings):
    """What an office may set. Paths are resolved against the folder in which the command was started."""

    model_config = SettingsConfigDict(env_prefix="KIOSK_", extra="ignore")

    office: Literal["kaltim", "rohil", "jatim"] = Field("kaltim", description="Which office this node serves")
    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 for the whole office network")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on")
    tls: Literal["auto", "off"] = Field("auto", description="HTTPS: auto serves it when there is a certificate (kiosk tls), off never")
    https_port: int = Field(8443, ge=1, le=65535, description="Port to listen on for HTTPS; 443 is the browsers' own")
    public_url: HttpUrl | None = Field(None, description="Address that visitors' phones reach, used in QR codes")
    letter_host: Annotated[str, AfterValidator(_host)] = Field(
        "",
        description="Name in the QR code of letters, where phones check them from anywhere; else that of KIOSK_PUBLIC_URL",
    )
    data_dir: DataFolder = Field(Path("data"), validate_default=True, description="Folder of the database and of what the node makes")
    demo: bool = Field(False, description="Demonstration: always open, known PINs, this machine's browser is enrolled; loopback only")
    rate_limits: bool = Field(True, description="Limits on touches and anonymous calls; off only for load tests")
    printer: Annotated[str, AfterValidator(_printer)] = Field(
        "", description="Receipt printer for slips: tcp://host:9100 or file:///dev/usb/lp0; nothing: there is none"
    )
    paper_mm: Literal["80", "58"] = Field("80", description="Width of the receipt printer's paper in millimetres")
    paper_columns: int | None = Field(
        None, ge=24, le=64, description="Letters in a line of the receipt printer's usual fount; 48 on 80 mm and 32 on 58 mm unless set"
    )
    letter_number: Annotated[str, AfterValidator(_letter_number)] = Field(
        "503/{serial:04}/DPMPTSP/{roman}/{year}",
        description="Number of a letter that brings none; also {month}",
    )
    centre_ca: OptionalFile = Field(None, description="Certificate (PEM) to trust for the centre, beside those that the machine trusts")
    signer_url: Annotated[str, AfterValidator(_signer)] = Field(
        "", description="Address of the certified signer, https://; nothing: letters are signed locally only"
    )
    signer_credentials: OptionalFile = Field(None, description="File with the one line that this office shows the certified signer")
    signer_certificate: OptionalFile = Field(
        None, description="Certificates (PEM) of the certified signer or of its authority: whose signature may follow the office's own"
    )
    timestamp_url: Annotated[str, AfterValidator(_stamper)] = Field(
        "", description="Address of a time-stamping authority (RFC 3161) for the head of the letters' log; nothing: no timestamps"
    )
    timestamp_ca: OptionalFile = Field(
        None, description="Certificates (PEM) of the authorities that the time-stamping authority's leads to"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged")

    @property
    def public_address(self) -> str:
        """Scheme, host and port for addresses that leave this machine, without a slash at the end."""
        return str(self.public_url).rstrip("/") if self.public_url else f"http://localhost:{self.port}"

    @property
    def checked_at(self) -> str:
        """Host, with a port where it needs one, at which the letters of this office are checked."""
        return self.letter_host or urlsplit(self.public_address).netloc

    @property
    def database(self) -> Path:
        """The office's SQLite file."""
        return self.data_dir / "office.db"


def read(kind: type[Kind]) -> Kind:
    """Settings of a kind from the environment. Raises `BadSetting`, which names the variable, when one is wrong."""
    try:
        return kind()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "KIOSK_" + "_".join(str(part) for part in first["loc"][:1]).upper()
        raise BadSetting(name=name, reason=f"{first['msg']} (it was {first['input']!r})") from None


def read_settings() -> Settings:
    """The node's settings. Raises `BadSetting`."""
    settings = read(Settings)
    if settings.demo and settings.host not in LOOPBACK:
        raise BadSetting(name="KIOSK_HOST", reason=f"the demonstration (KIOSK_DEMO) listens on this machine only, not on {settings.host!r}")
    for address, beside in (("signer_url", "signer_certificate"), ("timestamp_url", "timestamp_ca")):
        if getattr(settings, address) and getattr(settings, beside) is None:
            raise BadSetting(
                name=f"KIOSK_{beside.upper()}", reason=f"KIOSK_{address.upper()} is set, and nothing says whose signature to trust"
            )
    if settings.https_port == settings.port:
        raise BadSetting(name="KIOSK_HTTPS_PORT", reason=f"HTTP and HTTPS need a port each, and both are {settings.port}")
    return settings


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
