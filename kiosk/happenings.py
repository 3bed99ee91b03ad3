"""Every kind of event of the product: whoever makes rows of events imports this once, before the first one."""

from kiosk.audit import events as audit
from kiosk.catalogue import events as catalogue
from kiosk.checklist import events as checklist
from kiosk.devices import events as devices
from kiosk.devices import health
from kiosk.letters.later import events as letters_later
from kiosk.letters.register import events as letters
from kiosk.letters.trust import events as trust
from kiosk.queues import events as queues
from kiosk.staff import events as staff
from kiosk.survey import events as survey
from kiosk.survey import planning as survey_plan
from kiosk.sync import events as sync
from kiosk.sync import feed_events as feed

__all__ = [
    "audit",
    "catalogue",
    "checklist",
    "devices",
    "feed",
    "health",
    "letters",
    "letters_later",
    "queues",
    "staff",
    "survey",
    "survey_plan",
    "sync",
    "trust",
]
