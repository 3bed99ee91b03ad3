"""The look, the frame around every page, touch controls, and what islands share."""


def importable(name: str) -> str:
    """Where an island of this room stands in the build: `$/public/external/kiosk/ui/<name>`.

    `rx.asset` names the folder after the module that calls it. It is called here so that the path is the package's.
    """
    import reflex as rx  # not at import: rxconfig.py reads this package before Reflex has its settings

    return str(rx.asset(name, shared=True).importable_path)
