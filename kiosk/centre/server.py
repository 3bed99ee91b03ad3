"""The centre as a process: one database, one key, one port."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from kiosk.centre import projector
from kiosk.centre.app import guarded, make_centre
from kiosk.centre.config import CentreSettings
from kiosk.centre.database import open_centre, prepare
from kiosk.centre.errors import KeyDamaged
from kiosk.core import log, nodelock
from kiosk.core.listening import check_free, listen, make_server
from kiosk.sync.keys import kept_key

LOCK, KEY = "centre.lock", "centre-key.pem"
STOP_SECONDS = 8


def serve(here: CentreSettings, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve the centre until SIGINT or SIGTERM; `ready` is called once when it listens. A try-out's SQLite is migrated first.

    Raises a `StartError` for a data folder or port that is taken, a key that cannot be read, or a database that is gone, older, newer or
    open to its own server.
    """
    log.configure(here.log_level)
    with nodelock.take(here.data_dir, LOCK):
        check_free(here.centre_host, here.centre_port, host_setting="KIOSK_CENTRE_HOST", port_setting="KIOSK_CENTRE_PORT")
        key = centre_key(here)
        engine = open_centre(here)
        try:
            prepare(here, engine)
            _serve_prepared(here, engine, key, ready)
        finally:
            engine.dispose()


def _serve_prepared(here: CentreSettings, engine: Engine, key: Ed25519PrivateKey, ready: Callable[[], None]) -> None:
    ending = threading.Event()
    applying = projector.start(engine, ending)
    try:
        asyncio.run(_run(guarded(make_centre(engine, key, here)), here, ready))
    finally:
        ending.set()
        applying.join(STOP_SECONDS)


def centre_key(here: CentreSettings) -> Ed25519PrivateKey:
    """The centre's own key, by which its offices know it; made when there is none yet. Raises `KeyDamaged`."""
    return kept_key(here.data_dir / KEY, damaged=KeyDamaged)


async def _run(app: object, here: CentreSettings, ready: Callable[[], None]) -> None:
    from granian.constants import Interfaces

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, stopping)
    server, serving = await listen(
        make_server(app, here.centre_host, here.centre_port, Interfaces.ASGI), here.centre_host, here.centre_port
    )
    if not serving.done():
        ready()
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait({asked, serving}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    server.stop()
    await serving


def _stop(stopping: asyncio.Event) -> None:
    """End the server; should a connection hold it, end the process: what was acknowledged is already on the disk."""
    end = threading.Timer(STOP_SECONDS, os._exit, (0,))
    end.daemon = True
    end.start()
    stopping.set()
