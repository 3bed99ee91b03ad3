"""Every table of the product, for migrations and for tests that read the schema."""

from kiosk.catalogue import model as catalogue
from kiosk.centre import model as centre
from kiosk.centre.people import model as people
from kiosk.checklist import model as checklist
from kiosk.core import audit, office
from kiosk.devices import model as devices
from kiosk.letters.later import model as letters_later
from kiosk.letters.register import model as letters
from kiosk.letters.trust import model as trust
from kiosk.queues import model as queues
from kiosk.staff import model as staff
from kiosk.survey import model as survey
from kiosk.sync import model as sync
from kiosk.sync import outbox

__all__ = [
    "audit",
    "catalogue",
    "centre",
    "checklist",
    "devices",
    "letters",
    "letters_later",
    "office",
    "outbox",
    "people",
    "queues",
    "staff",
    "survey",
    "sync",
    "trust",
]
