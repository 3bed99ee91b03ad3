"""The files of `db/seeds`, and of what the centre publishes: read and checked whole, and told by line where one is damaged."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator

from kiosk.catalogue.standard import ServiceStandard
from kiosk.checklist.guide import Guide, misfit
from kiosk.core.build import ROOT
from kiosk.core.errors import StartError
from kiosk.core.i18n import N_
from kiosk.core.office import OfficeTexts
from kiosk.queues.feed import FreeDay
from kiosk.queues.seed import CounterSeed, QueueSeed

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


class OfficeSeed(OfficeTexts):
    """Names, zone and hours of an office."""

    id: str
    region: str
    zone: Annotated[str, AfterValidator(_known_zone)]


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


def checked(path: Path, shape: type[Part], damaged: type[StartError] = SeedDamaged) -> Part:
    """What the YAML (or JSON) file at `path` says. Raises `damaged`, naming file, line and field."""
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as missing:
        raise damaged(file=path.name, place="-", reason=missing.strerror) from None
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        mark = getattr(broken, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "-"
        raise damaged(file=path.name, place=place, reason=getattr(broken, "problem", None) or "not YAML") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        keys = list(first["loc"])
        place = f"line {_line(path, keys)}, field {'.'.join(map(str, keys)) or '-'}"
        raise damaged(file=path.name, place=place, reason=first["msg"]) from None


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


def _free_days(path: Path) -> list[FreeDay]:
    days = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise SeedDamaged(file=path.name, place="-", reason="not UTF-8") from None
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            days.append(FreeDay(day=date.fromisoformat(row["tanggal"]), name=row["keterangan"], kind=row["jenis"]))
        except (KeyError, ValueError, TypeError) as wrong:
            raise SeedDamaged(file=path.name, place=f"line {number}", reason=wrong) from None
    return days


@dataclass(frozen=True)
class Seed:
    """Everything that the files say of one office."""

    file: OfficeFile
    standards: list[ServiceStandard]
    free_days: list[FreeDay]
    guide: Guide


def read(office_id: str, folder: Path = SEEDS) -> Seed:
    """The files of the office `office_id`. Raises `SeedDamaged`, naming file, line and field."""
    file = checked(folder / f"{office_id}.yaml", OfficeFile)
    if file.office.id != office_id:
        raise SeedDamaged(file=f"{office_id}.yaml", place="field office.id", reason=f"{file.office.id} is not {office_id}")
    standards = [checked(folder / "services" / f"{name}.yaml", ServiceStandard) for name in file.services]
    free_days = [day for path in sorted((folder / "calendar").glob("*.csv")) for day in _free_days(path)]
    guide = _guide(folder / "checklists" / f"{office_id}.yaml", standards, [queue.code for queue in file.queues])
    return Seed(file, standards, free_days, guide)


def _guide(path: Path, standards: list[ServiceStandard], queues: list[str]) -> Guide:
    """What the office adds to its requirements; an office without such a file adds nothing."""
    if not path.exists():
        return Guide()
    guide = checked(path, Guide)
    if wrong := misfit(guide, standards, queues):
        field, reason = wrong
        raise SeedDamaged(file=path.name, place=f"line {_line(path, field.split('.'))}, field {field}", reason=reason)
    return guide
