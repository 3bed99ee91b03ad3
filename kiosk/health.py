"""Is the node alive, is it ready, and what has it done: for machines that watch it."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import CollectorRegistry, CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import text

from kiosk.core import schema
from kiosk.core.build import build_id
from kiosk.core.clock import utc_now
from kiosk.core.doors import THIS_MACHINE, door
from kiosk.core.errors import KioskError, NotFound
from kiosk.core.https import https
from kiosk.core.runtime import Runtime, runtime
from kiosk.devices.access import caller_of
from kiosk.devices.rules import is_here
from kiosk.queues.board import board
from kiosk.sync import standing
from kiosk.sync.model import LINE_STATES, CentreLine
from kiosk.tls.serving import state as https_state

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def healthz() -> dict[str, bool]:
    """Alive: the process answers."""
    return {"ok": True}


@router.get("/readyz")
def readyz() -> JSONResponse:
    """Ready: the database answers, stands at this program's migration and is written to; also tells the build. 503 when not.

    `https` tells of the certificate and decides nothing: without it visitors at the touchscreen and their phones are served.
    """
    state: dict[str, Any] = {"ok": False, "database": "gone", "migration": None, "build": build_id()}
    try:
        with runtime().reading() as session:
            session.connection().execute(text("SELECT 1"))
        state |= {"database": "ok", "migration": schema.stands_at(runtime().engine)}
        schema.check(runtime().engine)
        state["ok"] = runtime().writer.alive
    except KioskError as wrong:
        state |= {"code": wrong.code}
    except Exception as gone:
        state |= {"database": type(gone).__name__}
    state["https"] = https_state(https(), utc_now())
    return JSONResponse(state, status_code=200 if state["ok"] else 503)


class _Node(Collector):
    """Figures of the running node, read when they are asked for."""

    def __init__(self, node: Runtime) -> None:
        self._node = node

    def collect(self) -> list[Metric]:
        """Counters of the writer and the boards that watch."""
        writer = self._node.writer
        return [
            CounterMetricFamily("kiosk_writes", "Durable pieces of work", value=writer.jobs),
            CounterMetricFamily("kiosk_commits", "Commits that held them", value=writer.commits),
            GaugeMetricFamily("kiosk_boards", "Boards that watch now", value=board().clients),
            *self._line(),
        ]

    def _line(self) -> list[Metric]:
        """The line to the centre, when there is one: its state (1 for the one that holds) and what waits."""
        with self._node.reading() as session:
            line = session.get(CentreLine, self._node.office_id)
            waiting = standing.backlog(session, self._node.office_id)
        if line is None:
            return []
        states = GaugeMetricFamily("kiosk_line_state", "State of the line to the centre", labels=["state"])
        for state in LINE_STATES:
            states.add_metric([state], float(line.state == state))
        return [states, GaugeMetricFamily("kiosk_line_backlog", "Events that wait for the centre", value=waiting)]


@router.get("/metrics")
@door(THIS_MACHINE)
def metrics(request: Request) -> Response:
    """Prometheus text; only for this machine."""
    if not is_here(caller_of(request)):
        raise NotFound()
    registry = CollectorRegistry()
    registry.register(_Node(runtime()))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
