"""The office node as a process: one data folder, one event loop, a port for HTTP and, with a certificate, one for HTTPS."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable

from kiosk.core import log, nodelock, schema
from kiosk.core.build import ROOT, SITE
from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.core.errors import StartError
from kiosk.core.https import https, tell
from kiosk.core.i18n import N_
from kiosk.core.listening import check_free, listen, make_server
from kiosk.core.origins import allowed_origins
from kiosk.tls.gate import plain_http
from kiosk.tls.serving import at_start, watch
from kiosk.tls.store import node_file

STOP_SECONDS = 8
SOCKET_BYTES = 64 * 1024


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
    tell(at_start(settings, utc_now()))
    if (told := https()) is not None and told.problem is None:
        check_port(settings, over_tls=True)
    engine = open_engine(settings.database)
    schema.check(engine)
    engine.dispose()
    _prepare_reflex(settings)
    asyncio.run(_run(settings, ready))


def check_port(settings: Settings, *, over_tls: bool = False) -> None:
    """Raises `PortInUse`, or `BadSetting` for a host or port on which nobody could listen here."""
    port, setting = (settings.https_port, "KIOSK_HTTPS_PORT") if over_tls else (settings.port, "KIOSK_PORT")
    check_free(settings.host, port, host_setting="KIOSK_HOST", port_setting=setting)


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

    from kiosk.kiosk import app

    whole, told = app(), https()
    plain = whole if told is None else plain_http(whole, told)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, stopping)
    # The plain server starts and ends the application's lifespan: it comes first and goes last.
    running = [await listen(make_server(plain, settings.host, settings.port, Interfaces.ASGI), settings.host, settings.port)]
    if told is not None and told.problem is None:
        secure = make_server(whole, settings.host, settings.https_port, Interfaces.ASGINL, certificate=node_file(settings.data_dir))
        running.append(await listen(secure, settings.host, settings.https_port))
    watching = asyncio.create_task(watch(told, utc_now)) if told is not None else None
    if not any(serving.done() for _, serving in running):
        ready()
    asked = asyncio.create_task(stopping.wait())
    await asyncio.wait({asked, *(serving for _, serving in running)}, return_when=asyncio.FIRST_COMPLETED)
    for task in filter(None, (asked, watching)):
        task.cancel()
    for server, serving in reversed(running):
        server.stop()
        await serving


def _stop(stopping: asyncio.Event) -> None:
    """End the servers; should an open stream hold one, end the process: what was acknowledged is already on the disk."""
    from kiosk.queues.board import board

    end = threading.Timer(STOP_SECONDS, os._exit, (0,))
    end.daemon = True
    end.start()
    board().close()  # the servers wait for open streams
    stopping.set()
