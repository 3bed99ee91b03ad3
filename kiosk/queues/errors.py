"""What can go wrong between a visitor, a queue and a counter."""

from datetime import datetime

from babel.dates import format_datetime

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_, Language, translate


class QueueUnknown(KioskError):
    """The office has no such queue."""

    code = "QUEUE-0404"
    status = 404
    sentence = N_("This office has no queue {queue}.")


class ByTransferOnly(KioskError):
    """Visitors reach this queue through an officer of another one."""

    code = "QUEUE-0403"
    status = 403
    sentence = N_("The queue {queue} takes no numbers here. An officer of another counter sends you there, with the same number.")


class StepNotAllowed(KioskError):
    """The visit is not in a state from which this step is possible."""

    code = "QUEUE-0409"
    status = 409
    sentence = N_("Number {number} cannot take this step now. Look at the list again: another counter may have it.")


class CounterBusy(StepNotAllowed):
    """A counter has one visitor at a time."""

    sentence = N_("Number {number} is still at this counter. Finish this visit first, or mark the visitor as absent.")


class SameQueue(StepNotAllowed):
    """A transfer leads somewhere else."""

    sentence = N_("Number {number} is in this queue already. Choose another queue.")


class OtherCounter(StepNotAllowed):
    """A counter serves some queues only."""

    sentence = N_("This counter does not serve the queue of number {number}.")


class CounterUnknown(KioskError):
    """The office has no such counter."""

    code = "COUNTER-0404"
    status = 404
    sentence = N_("This office has no counter {counter}.")


class TicketUnknown(KioskError):
    """No ticket of this office has this id."""

    code = "TICKET-0404"
    status = 404
    sentence = N_("This number is not known here.")


class TicketConflict(KioskError):
    """The id belongs to a ticket of another queue."""

    code = "TICKET-0409"
    status = 409
    sentence = N_("This ticket id was used for another queue already.")


class SlipTooLate(KioskError):
    """A slip of a number that is over would send somebody to a counter in vain."""

    code = "TICKET-0411"
    status = 409
    sentence = N_("Number {number} is over, so no slip is printed of it.")


class TooManyBoards(KioskError):
    """As many boards watch as the node serves."""

    code = "BOARD-0503"
    status = 503
    sentence = N_("Too many boards are connected. Close one and try again.")


class OfficeClosed(KioskError):
    """Numbers are given during office hours only. `opens_at` is local to the office, or None where the calendar tells no day."""

    code = "OFFICE-0423"
    status = 423
    sentence = N_("The office is closed. It opens on {opens}.")
    unknown = N_("The office is closed.")

    def __init__(self, *, opens_at: datetime | None) -> None:
        self.opens_at = opens_at
        super().__init__()

    def text(self, language: Language) -> str:
        """The sentence in `language`, with weekday, date and time in the language's own words."""
        if self.opens_at is None:
            return translate(self.unknown, language)
        return translate(self.sentence, language).format(opens=moment_text(self.opens_at, language))


def moment_text(moment: datetime, language: Language) -> str:
    """Weekday, date and time for people.

    >>> moment_text(datetime(2026, 3, 12, 8, 0), "id")
    'Kamis, 12 Maret 2026, 08.00'
    >>> moment_text(datetime(2026, 3, 12, 8, 0), "en")
    'Thursday, 12 March 2026, 08:00'
    """
    return format_datetime(moment, "EEEE, d MMMM yyyy, HH.mm" if language == "id" else "EEEE, d MMMM yyyy, HH:mm", locale=language)
