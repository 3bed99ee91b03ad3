"""The demo offices: seed files are read and checked whole before one row is written."""

import csv
import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import delete
from sqlmodel import Session, col

from kiosk.catalogue import service as catalogue
from kiosk.catalogue.standard import ServiceStandard
from kiosk.checklist import service as checklists
from kiosk.checklist.guide import Guide, misfit
from kiosk.core.build import ROOT
from kiosk.core.chain import canonical
from kiosk.core.errors import StartError
from kiosk.core.i18n import N_
from kiosk.core.office import Holiday, Office
from kiosk.queues import service as queues
from kiosk.queues.seed import CounterSeed, QueueSeed
from kiosk.staff import demo as demo_staff
from kiosk.sync.outbox import record

SEEDS = ROOT / "db/seeds"
Part = TypeVar("Part", bound=BaseModel)


class SeedDamaged(StartError):
    """A seed file cannot be read or says something that it cannot say; nothing was loaded."""

    code = "SEED-0422"
    sentence = N_("The seed file {file} is damaged at {place}: {reason}. Nothing was loaded.")


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{zone} is no IANA time zone") from None
    return zone


Weekday = Annotated[str, Field(pattern="^[1-7]$")]
Clock = Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class OfficeSeed(BaseModel):
    """Names, zone and hours of an office."""

    model_config = ConfigDict(extra="forbid")
    id: str
    name: str
    short_name: str
    region: str
    zone: Annotated[str, AfterValidator(_known_zone)]
    hours: dict[Weekday, tuple[Clock, Clock]] | None = None
    hours_text: str | None = None
    motto: str | None = None


class OfficeFile(BaseModel):
    """One file of `db/seeds`: the office, its desks, and the names of its services' files."""

    model_config = ConfigDict(extra="forbid")
    office: OfficeSeed
    services: list[str]
    queues: list[QueueSeed]
    counters: list[CounterSeed]

    @model_validator(mode="after")
    def _agree(self) -> Self:
        codes = [queue.code for queue in self.queues]
        counters = [counter.code for counter in self.counters]
        for name, listed in (("queues", codes), ("counters", counters)):
            if len(set(listed)) < len(listed):
                raise ValueError(f"two {name} have the same code")
        unknown = sorted({code for counter in self.counters for code in counter.queues} - set(codes))
        if unknown:
            raise ValueError(f"a counter serves a queue that is not there: {', '.join(unknown)}")
        return self


def _checked(path: Path, shape: type[Part]) -> Part:
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as missing:
        raise SeedDamaged(file=path.name, place="-", reason=missing.strerror) from None
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        mark = getattr(broken, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "-"
        raise SeedDamaged(file=path.name, place=place, reason=getattr(broken, "problem", None) or "not YAML") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        keys = list(first["loc"])
        place = f"line {_line(path, keys)}, field {'.'.join(map(str, keys)) or '-'}"
        raise SeedDamaged(file=path.name, place=place, reason=first["msg"]) from None


def _line(path: Path, keys: list[Any]) -> int:
    """Line of the deepest node on the way along `keys`, counted from 1."""
    node = yaml.compose(path.read_text(encoding="utf-8"))
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _free_days(path: Path, office_id: str) -> list[Holiday]:
    days = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise SeedDamaged(file=path.name, place="-", reason="not UTF-8") from None
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            days.append(Holiday(office_id=office_id, day=date.fromisoformat(row["tanggal"]), name=row["keterangan"], kind=row["jenis"]))
        except (KeyError, ValueError, TypeError) as wrong:
            raise SeedDamaged(file=path.name, place=f"line {number}", reason=wrong) from None
    return days


def load(session: Session, office_id: str, *, at: datetime, folder: Path = SEEDS, demo: bool = False) -> None:
    """Load the office `office_id` from `folder`; what is already there as it stands in the files stays untouched.

    `demo` also loads the demonstration's staff. Raises `SeedDamaged`, before anything is written, naming file, line and field.
    """
    file = _checked(folder / f"{office_id}.yaml", OfficeFile)
    if file.office.id != office_id:
        raise SeedDamaged(file=f"{office_id}.yaml", place="field office.id", reason=f"{file.office.id} is not {office_id}")
    standards = [_checked(folder / "services" / f"{name}.yaml", ServiceStandard) for name in file.services]
    guide = _guide(folder / "checklists" / f"{office_id}.yaml", standards, [queue.code for queue in file.queues])
    free_days = [day for path in sorted((folder / "calendar").glob("*.csv")) for day in _free_days(path, office_id)]
    _load_office(session, file.office, free_days, at)
    catalogue.load(session, office_id=office_id, standards=standards, at=at, actor="seed")
    queues.load(session, office_id=office_id, queues=file.queues, counters=file.counters, at=at, actor="seed")
    checklists.load(session, office_id=office_id, guide=guide, at=at, actor="seed")
    if demo:
        demo_staff.load(session, office_id, at)


def _guide(path: Path, standards: list[ServiceStandard], queues: list[str]) -> Guide:
    """What the office adds to its requirements; an office without such a file adds nothing."""
    if not path.exists():
        return Guide()
    guide = _checked(path, Guide)
    if wrong := misfit(guide, standards, queues):
        field, reason = wrong
        raise SeedDamaged(file=path.name, place=f"line {_line(path, field.split('.'))}, field {field}", reason=reason)
    return guide


def _load_office(session: Session, seed: OfficeSeed, free_days: list[Holiday], at: datetime) -> None:
    days = [(day.day.isoformat(), day.name, day.kind) for day in free_days]
    digest = hashlib.sha256(canonical({"office": seed.model_dump(), "days": days})).hexdigest()
    known = session.get(Office, seed.id)
    if known is not None and known.digest == digest:
        return
    session.merge(Office(office_id=seed.id, digest=digest, **seed.model_dump(exclude={"id"})))
    session.flush()
    session.connection().execute(delete(Holiday).where(col(Holiday.office_id) == seed.id))
    session.add_all(free_days)
    record(session, office_id=seed.id, kind="office.loaded", body=seed.model_dump(), actor="seed", at=at)
