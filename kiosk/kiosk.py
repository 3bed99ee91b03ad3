"""Composition root: the Reflex app, its pages, the API and what runs beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from kiosk import voices
from kiosk.api import make_api
from kiosk.core import runtime
from kiosk.core.config import settings
from kiosk.core.floods import slow_floods
from kiosk.core.limits import Asgi, guard_sockets, limit_body, secure_headers
from kiosk.pages import add_pages
from kiosk.queues import board
from kiosk.reports import Reporter
from kiosk.speech import service as speech
from kiosk.staff.guard import Guard, refuse_unmarked_handlers
from kiosk.sync.worker import Worker
from kiosk.ui.app import app_options


@asynccontextmanager
async def _node() -> AsyncIterator[None]:
    node = runtime.start(settings())
    speech.start(node.settings.data_dir)
    voices.register(node)
    line = Worker(node)
    line.start()
    lobby = board.start(node)
    beside = [asyncio.create_task(task) for task in (lobby.run(), Reporter(node).run())]
    try:
        yield
    finally:
        lobby.close()
        for task in beside:
            task.cancel()
        speech.stop()
        await asyncio.to_thread(line.stop)
        runtime.stop()


def _slow(within: Asgi) -> Asgi:
    return slow_floods(within, on=lambda: settings().rate_limits)


app = rx.App(**app_options(), api_transformer=[make_api(), limit_body, guard_sockets, _slow, secure_headers])
app.add_middleware(Guard())
app.register_lifespan_task(_node)
add_pages(app)
refuse_unmarked_handlers()
