"""Composition root: the Reflex app, its pages, the API and what runs beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

import kiosk.happenings  # noqa: F401  (every kind of event)
from kiosk import feeds, voices  # noqa: F401 (importing the feeds registers their topics)
from kiosk.api import make_api
from kiosk.core import runtime
from kiosk.core.config import settings
from kiosk.core.floods import slow_floods
from kiosk.core.limits import Asgi, guard_sockets, limit_body, secure_headers
from kiosk.letters.keys.daily import Daily
from kiosk.letters.later.worker import Worker as Letters
from kiosk.letters.page.address import short_address
from kiosk.pages import add_pages
from kiosk.paper import spool
from kiosk.queues import board
from kiosk.reports import Reporter
from kiosk.speech import service as speech
from kiosk.staff.guard import Guard, refuse_unmarked_handlers
from kiosk.survey.closing import Closing
from kiosk.survey.tally import Tallying
from kiosk.sync import applying, feed, topics
from kiosk.sync.worker import Worker
from kiosk.ui.app import app_options


def _show(node: runtime.Runtime, lobby: board.Board) -> None:
    """What came from the centre, where it is not read anew by itself: read-aloud texts and the board's picture."""
    voices.register(node)
    lobby.changed()


@asynccontextmanager
async def _node() -> AsyncIterator[None]:
    node = runtime.start(settings())
    spool.start(node.settings)
    speech.start(node.settings.data_dir)
    feed.at_start(node.writer.write, node.office_id, clock=node.now)  # an update may bring what a newer catalogue needed
    voices.register(node)
    node.writer.enqueue(lambda session: applying.try_again(session, node.office_id, at=node.now()))
    lobby = board.start(node)
    tasks = (lobby.run(), Reporter(node).run(), Closing(node).run(), Tallying(node).run(), Daily(node).run())
    beside = [asyncio.create_task(task) for task in tasks]
    deaf = topics.listen(lambda _topic: _show(node, lobby))
    line, letters = Worker(node), Letters(node)
    line.start()
    letters.start()
    try:
        yield
    finally:
        deaf()
        lobby.close()
        for task in beside:
            task.cancel()
        speech.stop()
        await asyncio.to_thread(spool.stop)
        await asyncio.to_thread(line.stop)
        await asyncio.to_thread(letters.stop)
        runtime.stop()


def _limited(within: Asgi) -> Asgi:
    return limit_body(within, by_itself=frozenset({"/api/v1/verify"}))


def _slow(within: Asgi) -> Asgi:
    return slow_floods(within, on=lambda: settings().rate_limits)


app = rx.App(**app_options(), api_transformer=[make_api(), short_address, _limited, guard_sockets, _slow, secure_headers])
app.add_middleware(Guard())
app.register_lifespan_task(_node)
add_pages(app)
refuse_unmarked_handlers()
