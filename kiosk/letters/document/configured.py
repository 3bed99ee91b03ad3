"""Files in which an office says how its letters look: YAML, read and checked whole."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.letters.document.errors import TemplateDamaged

Shape = TypeVar("Shape", bound=BaseModel)


def checked(path: Path, shape: type[Shape]) -> Shape:
    """What the file at `path` says. Raises `TemplateDamaged`, naming file and field."""
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as missing:
        raise TemplateDamaged(file=path.name, place="-", reason=missing.strerror) from None
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        mark = getattr(broken, "problem_mark", None)
        raise TemplateDamaged(file=path.name, place=f"line {mark.line + 1}" if mark else "-", reason="not YAML") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise TemplateDamaged(file=path.name, place=".".join(map(str, first["loc"])) or "-", reason=first["msg"]) from None
