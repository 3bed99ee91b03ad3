"""What can be wrong with the centre itself."""

from sqlalchemy.exc import DBAPIError

from kiosk.core.errors import KioskError, StartError
from kiosk.core.i18n import N_

NO_ROOM = ("disk is full", "no space left", "could not extend file", "disk full")


class CentreFull(KioskError):
    """The centre's disk is full: nothing was taken."""

    code = "SYNC-0507"
    status = 507
    sentence = N_("The centre has no room left on its disk. Nothing was taken; it will be sent again.")


class CentreBusy(KioskError):
    """The centre's database does not answer, or not in time: nothing was taken."""

    code = "SYNC-0503"
    status = 503
    sentence = N_("The centre's database does not answer. Nothing was taken; it will be sent again.")


class NoDatabase(StartError):
    """The centre's database cannot be reached."""

    code = "CENTRE-0503"
    sentence = N_("The centre's database cannot be reached: {reason}. Check KIOSK_DATABASE_URL.")


class KeyDamaged(StartError):
    """The file of the centre's key is not one."""

    code = "CENTRE-0500"
    sentence = N_("The centre's key in {file} cannot be read. Restore the file from a backup: every office knows the centre by this key.")


class OfficeNotThere(KioskError):
    """No office of this name stands in the centre's database."""

    code = "CENTRE-0404"
    status = 404
    sentence = N_("The centre has no office {office}. Run: kiosk centre office add {office}")


class NodeNotThere(KioskError):
    """No active node with this id."""

    code = "CENTRE-0405"
    status = 404
    sentence = N_("The centre has no active computer {node}. See: kiosk centre nodes")


def told(failure: Exception) -> KioskError:
    """What a failure of the database means to whoever asked the centre."""
    words = str(failure.orig if isinstance(failure, DBAPIError) else failure).lower()
    return CentreFull() if any(sign in words for sign in NO_ROOM) else CentreBusy()
