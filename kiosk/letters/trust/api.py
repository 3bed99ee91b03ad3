"""/api/v1/trust: what a browser needs to check a letter without the node: whom to believe, and which letters were revoked."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter

from kiosk.core.clock import stored
from kiosk.core.runtime import runtime
from kiosk.letters.trust import service

router = APIRouter(tags=["letters"])


@router.get("/trust")
def trust() -> dict[str, Any]:
    """The pinned roots (`public`: 65 bytes), the signed trust lists and revocations, all in base64, and the node's own time.

    Whoever takes them proves them: a list by a root, revocations by a node key of a list. A root's `office` is null when it may
    speak for every office.
    """
    node = runtime()
    with node.reading() as session:
        here = service.messages_of(session, node.office_id)
    roots = [{"public": b64encode(one.public).decode(), "name": one.name, "office": one.office} for one in here.roots]
    return {"now": stored(node.now()), "roots": roots, "lists": _texts(here.lists), "revocations": _texts(here.revocations)}


def _texts(messages: Iterable[bytes]) -> list[str]:
    return [b64encode(one).decode() for one in messages]
