"""What can go wrong with the follow-up plan, and with how an office computes."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class PlanIncomplete(KioskError):
    """A row of the plan without what is done, by whom or until when."""

    code = "SKMPLAN-0422"
    status = 422
    sentence = N_("Please say what will be done, by whom and until when.")


class PlanElsewhere(KioskError):
    """A row for something that is no element, or no period."""

    code = "SKMPLAN-0404"
    status = 404
    sentence = N_("This plan belongs to no element or period that there is.")


class PlanChanged(KioskError):
    """Somebody else changed the row since it was seen."""

    code = "SKMPLAN-0409"
    status = 409
    sentence = N_("Somebody else has changed this plan meanwhile. What stands now is shown; please change it again.")


class SettingWrong(KioskError):
    """No weight or number that an office can compute with."""

    code = "SKMSETTING-0422"
    status = 422
    sentence = N_("The weight is 1/9, 0.11 or 0.111, and the number of applicants a whole number, or empty.")


class SettingChanged(KioskError):
    """Somebody else changed the setting since it was seen."""

    code = "SKMSETTING-0409"
    status = 409
    sentence = N_("Somebody else has changed this setting meanwhile. What stands now is shown; please change it again.")


class NothingCounted(KioskError):
    """A report of days of which no answer is counted yet."""

    code = "SKMREPORT-0404"
    status = 404
    sentence = N_("No answer of this period is counted yet.")
