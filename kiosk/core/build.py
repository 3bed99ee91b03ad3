"""Which program this is: the version and the built front end."""

import json
import os
import re
from functools import cache
from pathlib import Path

from kiosk import __version__

ROOT = Path(__file__).resolve().parents[2]
WEB = Path(os.environ.get("REFLEX_WEB_WORKDIR", ROOT / ".web")).resolve()  # the variable is Reflex's own
SITE = WEB / "build/client"


@cache
def build_id() -> str:
    """Version and the first 12 characters of the front end's fingerprint: `0.1.0+0123456789ab`."""
    stamp = WEB / "site.sha256"
    return f"{__version__}+{stamp.read_text()[:12] if stamp.exists() else 'none'}"


@cache
def front_end() -> str:
    """Name of the front end that is served: what its pages tell of themselves; "" where none is built."""
    worker = SITE / "sw.js"
    named = re.match(r'const BUILD = "(\w+)"', worker.read_text()) if worker.exists() else None
    return named[1] if named else ""


@cache
def script_hashes() -> tuple[str, ...]:
    """Hashes (`sha256-...`) of the inline scripts that the build put into pages, for the Content-Security-Policy."""
    file = WEB / "build/csp.json"
    return tuple(json.loads(file.read_text())["script"]) if file.exists() else ()
