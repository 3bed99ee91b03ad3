"""What can go wrong between the node and its receipt printer."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class NoPrinter(KioskError):
    """The office has set no printer (`KIOSK_PRINTER`)."""

    code = "PRINT-0404"
    status = 404
    sentence = N_("This office has no printer for slips.")


class PrinterAway(KioskError):
    """Nobody answers at the printer's address, or it says that it cannot print (cover open, switched off). Nothing was printed."""

    code = "PRINT-0503"
    status = 503
    sentence = N_("The printer cannot be reached. Nothing was printed. Please tell the staff.")


class NoPaper(KioskError):
    """The printer says that its roll has ended."""

    code = "PRINT-0507"
    status = 503
    sentence = N_("The printer is out of paper. Please tell the staff.")


class HalfPrinted(KioskError):
    """The printer took a part of the slip and then no more, or never said that it was done."""

    code = "PRINT-0502"
    status = 502
    sentence = N_("The printer stopped in the middle. The slip may be incomplete. Please tell the staff.")


class PrinterBusy(KioskError):
    """More slips wait than visitors would wait for. Nothing was printed."""

    code = "PRINT-0504"
    status = 503
    sentence = N_("The printer is busy with other slips. Nothing was printed. Please try again in a moment.")
