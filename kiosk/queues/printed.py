"""The slip of a number: its lines, from the ticket as the node knows it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from kiosk.core import office as offices
from kiosk.core.clock import day_text, time_text
from kiosk.core.i18n import Language, translate
from kiosk.paper.printer import RULE, Line
from kiosk.queues import texts
from kiosk.queues.errors import SlipTooLate
from kiosk.queues.service import ticket_view

STILL_COUNTS = ("waiting", "called")


def slip(session: Session, *, office_id: str, ticket_id: str, address: str, language: Language, now: datetime) -> list[Line]:
    """The slip of the ticket `ticket_id`; `address` is that of its page on a phone.

    Raises `TicketUnknown`, and `SlipTooLate` for a number that was served, or is of another day.
    """
    ticket = ticket_view(session, office_id=office_id, ticket_id=ticket_id, now=now)
    if not ticket.today or ticket.status not in STILL_COUNTS:
        raise SlipTooLate(number=ticket.number)
    office = offices.get(session, office_id)
    taken = datetime.fromisoformat(ticket.taken_at).astimezone(ZoneInfo(office.zone))
    return [
        Line("middle", office.short_name),
        Line("title", translate(texts.YOUR_NUMBER, language)),
        Line("big", ticket.number),
        Line("title", ticket.queue_name_en if language == "en" else ticket.queue_name),
        Line("middle", f"{day_text(taken, language)}, {time_text(taken, language)}"),
        RULE,
        Line("middle", f"{translate(texts.AHEAD, language)}: {ticket.ahead}"),
        Line("qr", address),
        Line("middle", translate(texts.FOLLOW_IT, language)),
        Line("middle", translate(texts.WAIT_HERE, language)),
    ]
