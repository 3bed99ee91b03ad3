"""What can go wrong with a device."""

import math
from typing import ClassVar

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class NotEnrolled(KioskError):
    """The call carries no token of an enrolled device, or one that was revoked."""

    code = "DEVICE-0401"
    status = 401
    sentence = N_("This device is not enrolled at this office. Please tell the staff.")
    headers: ClassVar = {"WWW-Authenticate": "Bearer"}  # RFC 6750, section 3


class NotByItself(KioskError):
    """A browser that may not enrol itself asked to."""

    code = "DEVICE-0403"
    status = 403
    sentence = N_("Only a browser on the office computer itself, at http://localhost, enrols itself, and only in the demonstration.")


class DeviceUnknown(KioskError):
    """The office has no such device."""

    code = "DEVICE-0404"
    status = 404
    sentence = N_("This office has no such device.")


class BadDevice(KioskError):
    """A device without a usable name, or of a kind that does not exist."""

    code = "DEVICE-0422"
    status = 422
    sentence = N_("A device needs a name of 1 to {most} characters and one of these kinds: {kinds}.")


class TooSoon(KioskError):
    """Something is asked more often than a person would. `seconds`: how long to wait."""

    status = 429

    def __init__(self, seconds: float) -> None:
        whole = max(1, math.ceil(seconds))
        self.headers = {"Retry-After": str(whole)}
        super().__init__(seconds=whole)


class TooManyTouches(TooSoon):
    """One device takes numbers faster than visitors come."""

    code = "DEVICE-0429"
    sentence = N_("Many numbers were just taken here. Please wait {seconds} seconds and touch again.")


class TooManyCalls(TooSoon):
    """One address calls too often without being an enrolled device."""

    code = "HTTP-0429"
    sentence = N_("Too many requests came from this address. Please wait {seconds} seconds.")


class TooManySlips(TooSoon):
    """One device prints faster than visitors come."""

    code = "PRINT-0429"
    sentence = N_("Many slips were just printed here. Please wait {seconds} seconds.")


class NotInTheHall(KioskError):
    """Only visitors' screens do this: the device is another kind."""

    code = "DEVICE-0407"
    status = 403
    sentence = N_("Slips are printed from the touchscreens and tablets of the hall only.")


class BadPlace(KioskError):
    """A place that does not fit the list."""

    code = "DEVICE-0423"
    status = 422
    sentence = N_("The place of a device has at most {most} characters.")


class CodeUnknown(KioskError):
    """No such code was made, or it is no code at all: one sentence for both."""

    code = "DEVICE-0424"
    status = 422
    sentence = N_("This code is not right. Compare all 8 letters and digits, or ask for a new code.")


class CodeUsed(KioskError):
    """The code has already made a device."""

    code = "DEVICE-0409"
    status = 409
    sentence = N_("This code was already used. Each code works once: ask for a new one.")


class CodeTooLate(KioskError):
    """The code's ten minutes are over, or the node's clock was set back since it was made."""

    code = "DEVICE-0410"
    status = 410
    sentence = N_("This code is no longer valid. A code is good for 10 minutes: ask for a new one.")


class TooManyCodes(TooSoon):
    """One address tries too many codes."""

    code = "DEVICE-0430"
    sentence = N_("Too many wrong codes came from this device. Please wait {seconds} seconds.")


class EntryUnknown(KioskError):
    """An entry of a kind that no room of this node takes: the page is newer than the node."""

    code = "ENTRY-0404"
    status = 404
    sentence = N_("The office computer does not know this kind of entry yet. It stays on the device until the office computer is updated.")


class EntryWrong(KioskError):
    """An entry whose content does not fit its kind."""

    code = "ENTRY-0422"
    status = 422
    sentence = N_("This entry does not fit its kind. It stays on the device; please tell the admin.")


class SealBroken(KioskError):
    """A sealed entry that this node cannot open."""

    code = "ENTRY-0415"
    status = 422
    sentence = N_("This entry was not sealed for this office computer. It stays on the device; please tell the admin.")


class KeptAside(KioskError):
    """An entry that contradicts what the office holds: kept with its code, and shown to the admin. `copied`: the device is not alone."""

    code = "ENTRY-0409"
    status = 409
    sentence = N_("An entry with this id was handed in before, with other content. Both are kept; the admin sees it on the page Devices.")
    copied = False


class ForeignLane(KeptAside):
    """A device hands in numbers of a lane that is another one's."""

    code = "ENTRY-0403"
    sentence = N_("The number belongs to the lane of another device. It is kept; the admin sees it on the page Devices.")


class NoteMissing(KioskError):
    """An entry is not settled by saying nothing."""

    code = "ENTRY-0423"
    status = 422
    sentence = N_("Write what was done about it, in 1 to {most} characters. Nothing was changed.")


class AsideGone(KioskError):
    """No such entry is open: it was settled meanwhile, or was never kept aside."""

    code = "ENTRY-0410"
    status = 409
    sentence = N_("This entry is not open: somebody else has settled it. Nothing was changed.")
