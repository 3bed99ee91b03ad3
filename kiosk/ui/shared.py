"""The JavaScript that every island may import as `$/public/external/kiosk/ui/<file>`.

Importing this module puts all of it into the build; a file that nobody imports costs the bundle nothing.
"""

from pathlib import Path

from kiosk.ui.importable import importable

SOURCES = {".js", ".jsx"}


def shared_files() -> list[str]:
    """Names of this room's scripts and islands; what the build fills in (`*.src.js`) is no module."""
    found = Path(__file__).parent.iterdir()
    return sorted(file.name for file in found if file.suffix in SOURCES and ".src." not in file.name)


PATHS = {name: importable("ui", name) for name in shared_files()}
