"""What can go wrong with an answer."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.devices.errors import TooSoon


class AnswerWrong(KioskError):
    """What was handed in is no answer to this survey: `where` names the part."""

    code = "SURVEY-0422"
    status = 422
    sentence = N_("This is not an answer to the survey: {where}.")


class ServiceElsewhere(KioskError):
    """The answer is about a service that the office does not have."""

    code = "SURVEY-0404"
    status = 404
    sentence = N_("This answer is about a service that this office does not have.")


class TooManyAnswers(TooSoon):
    """One address answers more often than a family with one phone would."""

    code = "SURVEY-0429"
    sentence = N_("Many answers came from this address. Please wait {seconds} seconds; nothing that you wrote is lost.")
