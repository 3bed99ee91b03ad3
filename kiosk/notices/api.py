"""/api/v1/notices: what screens show to everybody."""

from typing import Any

from fastapi import APIRouter

from kiosk.core.clock import stored
from kiosk.core.runtime import runtime
from kiosk.notices import service

router = APIRouter(tags=["notices"])


@router.get("/notices")
def notices() -> dict[str, Any]:
    """Public notices that are not over, the important ones first, in both languages, and the node's own time.

    A screen shows each from its `from` until its `until`, also after the node is gone; `now` tells it how far its own clock is off.
    """
    node = runtime()
    with node.reading() as session:
        return {"now": stored(node.now()), "notices": service.for_everybody(session, office_id=node.office_id, now=node.now())}
