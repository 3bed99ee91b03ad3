"""Queues: numbers taken, called and shown."""


def importable(name: str) -> str:
    """Where a script or island of this room stands in the build: `$/public/external/kiosk/queues/<name>`.

    `rx.asset` names the folder after the module that calls it. It is called here so that the path is the package's.
    """
    import reflex as rx  # not at import: the services of this room run without Reflex

    return str(rx.asset(name, shared=True).importable_path)
