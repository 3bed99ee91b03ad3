"""The check of the chain from a screen: one at a time, beside the hall that goes on, and written into the chain itself."""

import threading

from starlette.concurrency import run_in_threadpool

from kiosk.audit import service
from kiosk.audit.errors import Checking
from kiosk.core.audit_check import SHORTEST_NOTE, Noted, Report
from kiosk.core.runtime import Runtime, runtime
from kiosk.sync.outbox import record

SHOWN = 20
BREATH = 0.02  # seconds of rest after a thousand acts, so that a visitor who takes a number does not notice
_running = threading.Lock()


async def check(noted: Noted | None, *, actor: str) -> Report:
    """Check the chain of this node's office, and record that it was done and what came of it. Raises `Checking`."""
    node = runtime()
    report = await run_in_threadpool(_check, node, noted)
    body = {"acts": report.count, "wrong": report.wrong, "head": f"{report.last.seq}:{report.last.hash}"}
    now = node.now()
    await node.writer.submit(lambda s: record(s, office_id=node.office_id, kind="audit.checked", body=body, actor=actor, at=now))
    return report


def _check(node: Runtime, noted: Noted | None) -> Report:
    if not _running.acquire(blocking=False):
        raise Checking()
    try:
        with node.reading() as session:
            return service.verify_with_centre(session, node.office_id, noted=noted, breath=BREATH)[0]
    finally:
        _running.release()


def head_of(report: Report) -> str:
    """The end of the chain as a person copies it: the number, and the first letters of the hash in groups of four.

    >>> head_of(Report())
    '0: 0000 0000 0000 0000'
    """
    short = report.last.hash[:SHORTEST_NOTE]
    return f"{report.last.seq}: " + " ".join(short[at : at + 4] for at in range(0, len(short), 4))
