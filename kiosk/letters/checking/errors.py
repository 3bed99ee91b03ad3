"""What can go wrong when somebody asks about a letter. What is wrong with the letter itself is a verdict and no error."""

from typing import ClassVar

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.devices.errors import TooSoon


class Unreadable(Exception):
    """A file cannot be read, for the `reason` (a code of the result)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class TooManyFiles(TooSoon):
    """More files from one address than a person has in the hand."""

    code = "CHECK-0429"
    sentence = N_("Many files came from here. Please wait {seconds} seconds, then send the next one.")


class TooManyNumbers(TooSoon):
    """More numbers from one address than a person types."""

    code = "CHECK-0430"
    sentence = N_("Many numbers were asked for from here. Please wait {seconds} seconds, then try again.")


class ReadersBusy(KioskError):
    """Other files are being read, and enough wait already."""

    code = "CHECK-0503"
    status = 503
    sentence = N_("Other letters are being checked at this moment. Please send the file again in half a minute.")
    headers: ClassVar = {"Retry-After": "30"}


class NothingToCheck(KioskError):
    """The request has neither a file nor a text nor a number with its check code."""

    code = "CHECK-0422"
    status = 422
    sentence = N_("Send a PDF file, a picture, the text of a code, or the number of a letter with its check code.")


class TooSlow(KioskError):
    """The file did not arrive in time."""

    code = "CHECK-0408"
    status = 408
    sentence = N_("The file did not arrive in time. Please send it again, or a smaller one.")
