"""Every kind of event of the product: whoever makes rows of events imports this once, before the first one."""

from kiosk.queues import events as queues
from kiosk.sync import events as sync

__all__ = ["queues", "sync"]
