"""The office node as a process: one data folder, one port, one event loop."""

import asyncio
import errno
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kiosk.core import log, nodelock, schema
from kiosk.core.build import ROOT, SITE
from kiosk.core.config import BadSetting, Settings
from kiosk.core.db import open_engine
from kiosk.core.errors import StartError
from kiosk.core.i18n import N_
from kiosk.core.origins import allowed_origins

STOP_SECONDS = 8
SOCKET_BYTES = 64 * 1024
CONNECTIONS = 2048  # boards keep theirs open; granian's own bound of 128 would shut the hall out


class PortInUse(StartError):
    """Something else listens on the port."""

    code = "START-0098"
    sentence = N_("Port {port} on {host} is already in use. Stop what uses it, or set KIOSK_PORT.")


class NotBuilt(StartError):
    """The front end is not there."""

    code = "START-0404"
    sentence = N_("The front end is not built. Run: make site")


def serve(settings: Settings, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve the office node until SIGINT or SIGTERM; `ready` is called once when it listens.

    Raises a `StartError` for a data folder or port that is taken, a database of another version, or a missing build.
    """
    log.configure(settings.log_level)
    with nodelock.take(settings.data_dir):
        serve_locked(settings, ready=ready)


def serve_locked(settings: Settings, *, ready: Callable[[], None] = lambda: None) -> None:
    """As `serve`, for a caller that holds the data folder's lock already."""
    if not (SITE / "index.html").exists():
        raise NotBuilt()
    check_port(settings)
    engine = open_engine(settings.database)
    schema.check(engine)
    engine.dispose()
    _prepare_reflex(settings)
    asyncio.run(_run(settings, ready))


def check_port(settings: Settings) -> None:
    """Raises `PortInUse`, or `BadSetting` for a host or port on which nobody could listen here."""
    try:
        address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], address[1]) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OSError as refused:
        if refused.errno == errno.EADDRINUSE:
            raise PortInUse(port=settings.port, host=settings.host) from None
        name = "KIOSK_PORT" if refused.errno == errno.EACCES else "KIOSK_HOST"
        raise BadSetting(name=name, reason=f"{refused.strerror} ({settings.host}:{settings.port})") from None


def _prepare_reflex(settings: Settings) -> None:
    """Reflex reads rxconfig.py from the working directory, and the rest from the environment, when the app is imported."""
    os.environ |= {
        "KIOSK_ORIGINS": ",".join(sorted(allowed_origins(settings))),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_SOCKET_MAX_HTTP_BUFFER_SIZE": str(SOCKET_BYTES),
        "REFLEX_DIR": str(settings.data_dir / ".rx"),
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    }
    os.chdir(ROOT)


async def _run(settings: Settings, ready: Callable[[], None]) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    from kiosk.kiosk import app

    server = Server(
        app(),
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, server)
    serving = asyncio.create_task(server.serve())
    await _listening(settings, serving)
    if not serving.done():
        ready()
    await serving


async def _listening(settings: Settings, serving: "asyncio.Task[None]") -> None:
    while not serving.done():
        with suppress(OSError):
            _, writer = await asyncio.open_connection(settings.host, settings.port)
            writer.close()
            return
        await asyncio.sleep(0.02)


def _stop(server: Any) -> None:
    """End the server; should an open stream hold it, end the process: what was acknowledged is already on the disk."""
    from kiosk.queues.board import board

    end = threading.Timer(STOP_SECONDS, os._exit, (0,))
    end.daemon = True
    end.start()
    board().close()  # the server waits for open streams
    server.stop()
