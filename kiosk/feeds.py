"""Every topic that flows down, registered: importing this module is enough."""

from kiosk.catalogue import feed as catalogue
from kiosk.letters.trust import feed as trust
from kiosk.notices import feed as notices
from kiosk.queues import feed as queues

__all__ = ["catalogue", "notices", "queues", "trust"]
