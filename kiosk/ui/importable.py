"""Where the JavaScript of the rooms stands in the build."""

from kiosk.core.build import ROOT


def importable(room: str, name: str) -> str:
    """The address by which the build imports the file `name` of `room`: `$/public/external/kiosk/<room>/<name>`.

    Asking puts the file into the build. `rx.asset` does the same, but reads the source of every caller on the stack for each
    file: two of the three seconds that a node took to start. Raises FileNotFoundError.
    """
    source, path = ROOT / "kiosk" / room / name, f"external/kiosk/{room}/{name}"
    if not source.is_file():
        raise FileNotFoundError(source)
    placed = ROOT / "assets" / path
    if not placed.exists():  # when serving, the build has done it
        placed.parent.mkdir(parents=True, exist_ok=True)
        placed.unlink(missing_ok=True)  # a link to where the project stood before
        placed.symlink_to(source)
    return f"$/public/{path}"
