"""What can go wrong with a checklist."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class CodeForeign(KioskError):
    """What was scanned is something else."""

    code = "CHECKLIST-0415"
    status = 415
    sentence = N_("This is not the code of a checklist.")


class CodeLong(KioskError):
    """What was scanned is longer than any checklist's code."""

    code = "CHECKLIST-0413"
    status = 413
    sentence = N_("This is too long for the code of a checklist.")


class CodeBroken(KioskError):
    """The code of a checklist, but a part of it is missing or wrong."""

    code = "CHECKLIST-0422"
    status = 422
    sentence = N_("The code was not read completely. Please scan it again.")


class ServiceElsewhere(KioskError):
    """The checklist is of a service that this office does not have."""

    code = "CHECKLIST-0404"
    status = 404
    sentence = N_("This checklist is of a service that this office does not have.")


class ListChanged(KioskError):
    """The requirements are not those any more that were shown."""

    code = "CHECKLIST-0410"
    status = 410
    sentence = N_("The list of requirements has changed since. Please check the papers against the new list.")


class SignedMeanwhile(KioskError):
    """Somebody else signed the same checklist, otherwise."""

    code = "CHECKLIST-0409"
    status = 409
    sentence = N_("{name} has signed this checklist meanwhile. What was signed is shown now.")


class NothingToSign(KioskError):
    """The marks do not fit the list: not every paper was judged, or more than there are."""

    code = "CHECKLIST-0423"
    status = 422
    sentence = N_("Please mark every paper: it is there, or it is missing.")


class MadeWrong(KioskError):
    """What a device handed in is no finished checklist."""

    code = "CHECKLIST-0424"
    status = 422
    sentence = N_("This is not a finished checklist: {where}.")
