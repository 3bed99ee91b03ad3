"""What can go wrong with the register of letters."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.devices.errors import TooSoon


class DateAhead(KioskError):
    """The letter's date has not come yet."""

    code = "LETTER-0425"
    status = 422
    sentence = N_("The date of the letter, {day}, has not come yet. Today is {today} at this office.")


class EndsBefore(KioskError):
    """The letter would end before it begins."""

    code = "LETTER-0426"
    status = 422
    sentence = N_("The letter would be valid until {until}, which is before its date, {day}.")


class OverAlready(KioskError):
    """The letter would have ended before it is signed."""

    code = "LETTER-0430"
    status = 422
    sentence = N_("The letter would be valid until {until} only, and today is {today}. Such a letter would help nobody.")


class ServiceMissing(KioskError):
    """The letter is of a service that the office does not have."""

    code = "LETTER-0405"
    status = 422
    sentence = N_("This office has no service {service}. Choose one from its catalogue.")


class NumberTaken(KioskError):
    """Another letter bears the number."""

    code = "LETTER-0409"
    status = 409
    sentence = N_("The number {number} belongs to another letter already. Leave it empty, and the register gives the next one.")


class LetterUnknown(KioskError):
    """The register holds no such letter."""

    code = "LETTER-0404"
    status = 404
    sentence = N_("The register has no letter {number}.")


class NotIssued(KioskError):
    """The letter was never sealed, so there is nothing to take back."""

    code = "LETTER-0408"
    status = 409
    sentence = N_("The letter {number} was not finished. Finish it first, or give its number up.")


class RevokedAlready(KioskError):
    """The letter was revoked before; that cannot be undone, and is not done twice."""

    code = "LETTER-0410"
    status = 409
    sentence = N_("The letter {number} was revoked already.")


class ReasonWrong(KioskError):
    """A revocation without a reason that there is."""

    code = "LETTER-0427"
    status = 422
    sentence = N_("Please choose why the letter is revoked.")


class SuccessorWrong(KioskError):
    """The letter that is to replace another one is none that holds."""

    code = "LETTER-0428"
    status = 422
    sentence = N_("Please name the number of the letter that replaces this one. It must be issued and still hold.")


class NothingToFinish(KioskError):
    """A letter that was restored from the centre: its words are not there."""

    code = "LETTER-0411"
    status = 409
    sentence = N_("The words of the letter {number} are not on this computer any more. It can only be given up.")


class LogForked(KioskError):
    """Two letters claim one place of the log."""

    code = "LETTER-0412"
    status = 409
    sentence = N_("Place {position} of the issuance log is taken by another letter. The office must look at both.")


class FileGone(KioskError):
    """The file of a letter is not in the data folder."""

    code = "LETTER-0406"
    status = 404
    sentence = N_("The file of this letter is not on this computer.")


class DataWrong(KioskError):
    """What was given is no letter."""

    code = "LETTER-0429"
    status = 422
    sentence = N_("{file} is no letter: {reason}.")


class NotReserved(KioskError):
    """The letter is finished, or its number was given up."""

    code = "LETTER-0413"
    status = 409
    sentence = N_("The letter {number} is not waiting to be finished.")


class ManyWrong(KioskError):
    """Some letters of a batch are none; nothing was issued."""

    code = "LETTER-0431"
    status = 422
    sentence = N_("{count} of {all} letters are wrong, so none was issued. {faults}")


class NotWhole(KioskError):
    """The log, the register and the files do not agree."""

    code = "LETTER-0432"
    status = 409
    sentence = N_("The register of letters is not whole: {count} places are wrong.")


class OutMissing(KioskError):
    """The folder for the PDFs is not there."""

    code = "LETTER-0433"
    status = 422
    sentence = N_("The folder {folder} for the letters is not there.")


class WrongSecret(KioskError):
    """The passphrase that was typed does not open the key."""

    code = "LETTER-0403"
    status = 403
    sentence = N_("This passphrase does not open the key. Please type it again; nothing was signed.")


class TooManyTries(TooSoon):
    """Too many wrong passphrases of one account."""

    code = "LETTER-0434"
    sentence = N_("Too many wrong passphrases. Please try again in {seconds} seconds; nothing was signed.")
