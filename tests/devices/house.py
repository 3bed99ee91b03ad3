"""A node in this process: real database, real writer, the rooms' own routes, a clock that the test holds."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from sqlmodel import Session, SQLModel, select

import kiosk.tables  # noqa: F401
from kiosk.api import own_writes
from kiosk.core import runtime
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.core.errors import KioskError
from kiosk.core.office import Office
from kiosk.devices import access, enrolment
from kiosk.devices.api import router as devices
from kiosk.devices.intake_api import router as entries
from kiosk.staff.api import router as staff
from kiosk.sync.outbox import OutboxEvent

MORNING = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)
HERE, ELSEWHERE = "127.0.0.1", "192.168.1.7"
OWN_PAGE = {"host": "localhost:8000", "origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}


def make_app() -> FastAPI:
    app = FastAPI()
    for room in (devices, entries, staff):
        app.include_router(room, prefix="/api/v1", dependencies=[Depends(own_writes)])

    @app.exception_handler(KioskError)
    async def known(_: Request, error: KioskError) -> JSONResponse:
        body = {"code": error.code, "message": error.text("id"), "reference": "-"}
        return JSONResponse(body, status_code=error.status, headers=getattr(error, "headers", None))

    return app


@dataclass
class House:
    """`call` asks over HTTP, `do` calls a service in a transaction, `restart` forgets what is in memory."""

    folder: Path
    demo: bool = False
    rate_limits: bool = True
    now: datetime = MORNING
    app: FastAPI = field(default_factory=make_app)

    def start(self) -> "House":
        settings = Settings(office="kaltim", data_dir=self.folder, demo=self.demo, rate_limits=self.rate_limits, port=8000)
        self.folder.mkdir(parents=True, exist_ok=True)
        engine = open_engine(settings.database, writing=True)
        SQLModel.metadata.create_all(engine)
        with Session(engine) as session:
            session.merge(Office(office_id="kaltim", name="Dinas", short_name="DPMPTSP", region="Kaltim", zone="Asia/Makassar"))
            session.commit()
        engine.dispose()
        self.node = runtime.start(settings)
        self.node.now = lambda: self.now
        return self

    def restart(self, **changes: Any) -> "House":
        runtime.stop()
        for name, value in changes.items():
            setattr(self, name, value)
        return self.start()

    def do(self, what: Any, *args: Any, **words: Any) -> Any:
        return self.node.writer.enqueue(lambda session: what(session, *args, **words)).result(10)

    def rows(self, table: Any) -> list[Any]:
        with self.node.reading() as session:
            return list(session.exec(select(table)))

    def kinds(self) -> list[str]:
        with Session(self.node.engine) as session:
            return list(session.exec(select(OutboxEvent.kind).order_by(OutboxEvent.seq)))

    async def ask(self, method: str, path: str, *, peer: str = HERE, headers: Any = None, json: Any = None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, client=(peer, 50_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            return await client.request(method, "/api/v1" + path, headers=headers, json=json)

    def call(self, method: str, path: str, **words: Any) -> httpx.Response:
        return asyncio.run(self.ask(method, path, **words))

    def together(self, *asked: tuple[str, str, dict[str, Any]]) -> list[httpx.Response]:
        async def all_at_once() -> list[httpx.Response]:
            return list(await asyncio.gather(*(self.ask(method, path, **words) for method, path, words in asked)))

        return asyncio.run(all_at_once())


@contextmanager
def house(folder: Path, **words: Any) -> Iterator[House]:
    access.touches._full_at.clear()
    access.calls._full_at.clear()
    enrolment.tries._full_at.clear()
    running = House(folder, **words).start()
    try:
        yield running
    finally:
        runtime.stop()
