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


class PeriodWrong(KioskError):
    """A period that ends before it begins."""

    code = "SURVEY-0423"
    status = 422
    sentence = N_("The period ends before it begins.")


class WeightUnknown(KioskError):
    """A weight that no scheme of the survey has."""

    code = "SURVEY-0425"
    status = 422
    sentence = N_("The weight of an element is one of {known}, not {found}.")


class FileLarge(KioskError):
    """A file of older answers that is larger than one transaction should be."""

    code = "SURVEY-0413"
    status = 413
    sentence = N_("This file is too large: {most} at most. Please divide it.")


class FileUnreadable(KioskError):
    """A file of older answers that is no table."""

    code = "SURVEY-0415"
    status = 415
    sentence = N_("This file cannot be read as a table (CSV or XLSX): {reason}")


class ColumnsWrong(KioskError):
    """A table whose columns are not those of a survey."""

    code = "SURVEY-0426"
    status = 422
    sentence = N_("The columns do not fit: {columns}. Nothing was imported.")


class RowsWrong(KioskError):
    """Some rows of a file are wrong, so none was taken."""

    code = "SURVEY-0427"
    status = 422
    sentence = N_("{count} cells are wrong. Nothing was imported; please correct the file and import it again.")


class NothingInFile(KioskError):
    """A table with a heading and no answers."""

    code = "SURVEY-0428"
    status = 422
    sentence = N_("There are no answers in this file.")


class ImportedAlready(KioskError):
    """The same answers came in with another file, or with this one."""

    code = "SURVEY-0409"
    status = 409
    sentence = N_("These answers were imported already, from {name}. Nothing was imported again.")


class DaysHeld(KioskError):
    """A file about days whose answers came with another file: these may be the same ones."""

    code = "SURVEY-0410"
    status = 409
    sentence = N_(
        "{count} imported answers of these days are here already. If this file has other answers, import it again and say so: --yes."
    )


class SpanUnknown(KioskError):
    """Days that are no month, quarter, half-year or year."""

    code = "SURVEY-0430"
    status = 422
    sentence = N_("A report is made of a month, a quarter, a half-year or a year.")
