"""How fast the audit chain is checked and searched: an office of a thousand visits a day writes some 4,000 acts."""

import tempfile
import time
from pathlib import Path

from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from bench.machine import hash_rate
from bench.table import Row
from kiosk.audit import search, service
from kiosk.core.clock import utc_now
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.sync.outbox import record

ACTS, OFFICE = 100_000, "kaltim"


def _fill(session: Session) -> None:
    for number in range(ACTS):
        body = {"id": new_id(), "number": f"A-{number % 900:03d}", "queue": "A", "counter": "1"}
        record(session, office_id=OFFICE, kind="ticket.called", body=body, actor=f"staff:{new_id()}@here", at=utc_now())
        if number % 1000 == 999:
            session.commit()


def rows() -> list[Row]:
    """Acts checked a second, and the slowest search: for what is nowhere."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "office.db", writing=True)
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            _fill(session)
            began = time.perf_counter()
            report = service.verify(session, OFFICE)
            checked = time.perf_counter() - began
            began = time.perf_counter()
            found = search.find(session, OFFICE, words="nowhere at all")
            searched = time.perf_counter() - began
        engine.dispose()
    if not report.whole or report.count != ACTS or found.rows:
        raise SystemExit("the chain of the bench is not what was written")
    limit = f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    return [
        Row("audit: acts checked", round(ACTS / checked), "1/s", ">=10000", limit),
        Row(f"audit: search through {ACTS} acts", round(searched * 1000), "ms", "<=1000", limit),
    ]
