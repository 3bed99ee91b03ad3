"""A device that holds a higher signed head than the node proves that the node was restored from an older copy."""

import logging
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool

from kiosk.core.actors import device_actor
from kiosk.core.runtime import runtime
from kiosk.devices.service import DeviceIdentity
from kiosk.sync.rejoin import draw_epoch
from kiosk.sync.standing import proof_of_rewind

log = logging.getLogger("kiosk.devices")


async def heed(head: dict[str, Any] | None, device: DeviceIdentity) -> None:
    """Begin a new epoch when `head` proves that this chain was rewound, so that numbers go on in a new lane.

    A head that this node did not sign changes nothing: else any phone could stop the hall.
    """
    proof = await run_in_threadpool(proof_of_rewind, head) if head else None
    if proof is None:
        return
    log.warning("the chain was rewound", extra={"device": device.id, "epoch": proof.epoch, "seq": proof.seq})
    node = runtime()
    step = partial(draw_epoch, office_id=node.office_id, beyond=proof, actor=device_actor(device.id), at=node.now())
    await node.writer.submit(step)
