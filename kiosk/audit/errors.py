"""What can go wrong with the audit trail."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class FileThere(KioskError):
    """An export never writes over a file."""

    code = "AUDIT-0409"
    status = 409
    sentence = N_("{file} is there already. Choose another name: an export writes over nothing.")


class NoSuchFile(KioskError):
    """The file to check is not there."""

    code = "AUDIT-0404"
    status = 404
    sentence = N_("There is no file {file}.")


class NotWhole(KioskError):
    """A chain in which something is wrong."""

    code = "AUDIT-0500"
    sentence = N_("The chain is not whole: {wrong} findings.")


class Checking(KioskError):
    """Somebody else's check is still running: one at a time is enough for an office computer."""

    code = "AUDIT-0503"
    status = 503
    sentence = N_("A check is running already. Please wait until it is done.")
