"""The admin's changes on a running node: PINs are hashed beside the writer, and what the node remembers of sessions is forgotten.

Each raises what the service that it calls raises. `actor` is `staff:<id>`.
"""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.core.runtime import runtime
from kiosk.staff import changing, pins, service, sessions
from kiosk.staff.changing import Change


def change_of(account_id: str, actor: str, version: int | None) -> Change:
    """A change that begins now, on this node's office."""
    node = runtime()
    return Change(node.office_id, account_id, actor, node.now(), version, node.settings.demo)


async def add(name: str, roles: Collection[str], actor: str) -> service.Added:
    """Add a person with a random PIN."""
    node = runtime()
    service.fair_name(name, roles)  # a slip costs no hash
    secret = await run_in_threadpool(pins.new_pin)
    job = partial(service.add_account, office_id=node.office_id, name=name, roles=roles, secret=secret, at=node.now(), actor=actor)
    return await node.writer.submit(job)


async def reset_pin(change: Change) -> str:
    """Give the account a random PIN and return it, to be shown once."""
    secret = await run_in_threadpool(pins.new_pin)
    await _do(lambda session: changing.reset_pin(session, change, secret))
    return secret.pin


async def set_roles(change: Change, roles: Collection[str]) -> None:
    """Give the account these roles."""
    await _do(lambda session: changing.set_roles(session, change, roles))


async def close(change: Change) -> None:
    """Close the account."""
    await _do(lambda session: changing.close(session, change))


async def reopen(change: Change) -> None:
    """Open the account again."""
    await _do(lambda session: changing.reopen(session, change))


async def end_sessions(change: Change) -> int:
    """Sign the account out on every device."""
    return int(await _do(lambda session: changing.end_sessions(session, change)))


async def unlock(change: Change) -> None:
    """Forget the account's wrong PINs."""
    await _do(partial(service.unlock, office_id=change.office_id, account_id=change.account_id, at=change.at, actor=change.actor))


async def _do(job: Callable[[Session], Any]) -> Any:
    done = await runtime().writer.submit(job)
    sessions.forget_all()
    return done
