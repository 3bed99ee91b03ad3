"""Files in which an office says how its letters look: YAML, read and checked whole."""

from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.letters.document.errors import TemplateDamaged

Shape = TypeVar("Shape", bound=BaseModel)


def checked(path: Path, shape: type[Shape]) -> Shape:
    """What the file at `path` says, read again when it was changed. Raises `TemplateDamaged`, naming file and field."""
    try:
        found = path.stat()
        return cast(Shape, _read(path, shape, (found.st_mtime_ns, found.st_size)))
    except OSError as missing:
        raise TemplateDamaged(file=path.name, place="-", reason=missing.strerror) from None


@lru_cache(maxsize=64)
def _read(path: Path, shape: type[BaseModel], _state: tuple[int, int]) -> BaseModel:
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        mark = getattr(broken, "problem_mark", None)
        raise TemplateDamaged(file=path.name, place=f"line {mark.line + 1}" if mark else "-", reason="not YAML") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise TemplateDamaged(file=path.name, place=".".join(map(str, first["loc"])) or "-", reason=first["msg"]) from None
