"""The demo offices: seed files are read and checked whole before one row is written."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlmodel import Session

from kiosk.catalogue import service as catalogue
from kiosk.catalogue.standard import ServiceStandard
from kiosk.core.build import ROOT
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


class OfficeSeed(BaseModel):
    """Names, zone and hours of an office."""

    model_config = ConfigDict(extra="forbid")
    id: str
    name: str
    short_name: str
    region: str
    zone: str
    hours: dict[str, list[str]] | None = None
    hours_text: str | None = None
    motto: str | None = None


class OfficeFile(BaseModel):
    """One file of `db/seeds`: the office, its desks, and the names of its services' files."""

    model_config = ConfigDict(extra="forbid")
    office: OfficeSeed
    services: list[str]
    queues: list[QueueSeed]
    counters: list[CounterSeed]


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
    for number, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()), start=2):
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
    standards = [_checked(folder / "services" / f"{name}.yaml", ServiceStandard) for name in file.services]
    free_days = [day for path in sorted((folder / "calendar").glob("*.csv")) for day in _free_days(path, office_id)]
    _load_office(session, file.office, free_days, at)
    catalogue.load(session, office_id=office_id, standards=standards, at=at, actor="seed")
    queues.load(session, office_id=office_id, queues=file.queues, counters=file.counters, at=at, actor="seed")
    if demo:
        demo_staff.load(session, office_id, at)


def _load_office(session: Session, seed: OfficeSeed, free_days: list[Holiday], at: datetime) -> None:
    digest = f"{seed.model_dump_json()}{len(free_days)}"
    known = session.get(Office, seed.id)
    if known is not None and known.digest == digest:
        return
    session.merge(Office(office_id=seed.id, digest=digest, **seed.model_dump(exclude={"id"})))
    session.flush()
    for day in free_days:
        session.merge(day)
    record(session, office_id=seed.id, kind="office.loaded", body=seed.model_dump(), actor="seed", at=at)
