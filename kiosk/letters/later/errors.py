"""What can go wrong with what waits for a line, and with a report."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.devices.errors import TooSoon


class TooManyReports(TooSoon):
    """One address, or all of them together, report more often than people who hold a letter would."""

    code = "LETTER-1429"
    sentence = N_("Several reports came from this address. Please wait {seconds} seconds and send it again.")


class SuspicionUnknown(KioskError):
    """There is no such report, or its year is over."""

    code = "LETTER-1404"
    status = 404
    sentence = N_("There is no such report any more.")


class SuspicionHandled(KioskError):
    """Somebody else wrote down what was done a moment ago."""

    code = "LETTER-1409"
    status = 409
    sentence = N_("Somebody else has dealt with this report already. What was done stands there now.")


class OutcomeMissing(KioskError):
    """A report is handled by somebody who says what was done."""

    code = "LETTER-1422"
    status = 422
    sentence = N_("Write in a few words what was done.")


class SignerUnreachable(KioskError):
    """The certified signer cannot be reached, or cannot do it now: it is tried again by itself."""

    code = "LETTER-1503"
    status = 503
    sentence = N_("The certified signer does not answer ({reason}). Nothing is lost: it is tried again by itself.")


class SignerRefused(KioskError):
    """The certified signer does not sign this letter, whenever it is asked: somebody has to look."""

    code = "LETTER-1502"
    status = 502
    sentence = N_("The certified signer refused: {reason}")


class NotOurLetter(KioskError):
    """What came back is not our letter with one signature more; nothing of it is kept."""

    code = "LETTER-1526"
    status = 502
    sentence = N_("What came back from the certified signer is not kept: {reason}")


class LetterFileMissing(KioskError):
    """The file of a letter is not where the register keeps it."""

    code = "LETTER-1405"
    status = 404
    sentence = N_("The file of this letter is not there: {file}")


class SignerUnset(KioskError):
    """No certified signer is set."""

    code = "LETTER-1400"
    sentence = N_("There is no certified signer: set KIOSK_SIGNER_URL.")


class NotInQueue(KioskError):
    """The letter does not wait for the certified signer."""

    code = "LETTER-1406"
    status = 404
    sentence = N_("No letter {letter} waits for the certified signer.")


class StamperUnset(KioskError):
    """No time-stamping authority is set."""

    code = "LETTER-1401"
    sentence = N_("There is no time-stamping authority: set KIOSK_TIMESTAMP_URL.")


class StamperUnreachable(KioskError):
    """The time-stamping authority cannot be reached."""

    code = "LETTER-1504"
    status = 503
    sentence = N_("The time-stamping authority does not answer ({reason}). It is tried again by itself.")


class StampRefused(KioskError):
    """The answer is no timestamp of what was asked by an authority that this office trusts."""

    code = "LETTER-1527"
    status = 502
    sentence = N_("The answer of the time-stamping authority is not kept: {reason}")


class NothingToStamp(KioskError):
    """No letter was issued yet."""

    code = "LETTER-1407"
    status = 404
    sentence = N_("No letter was issued yet: there is no head to timestamp.")


class NoTimestampBefore(KioskError):
    """No head of the log was timestamped before that time, so nothing can be established."""

    code = "LETTER-1408"
    status = 404
    sentence = N_("No head of the log was timestamped before {before}: no letter of this key can be established.")


class KeyNotInLog(KioskError):
    """The log has no letter of that key: a slip of the hand would otherwise condemn every letter of the right one."""

    code = "LETTER-1411"
    status = 404
    sentence = N_("No letter in the log bears the key {key}. Look for it with: kiosk letters log")


class LogDiffers(KioskError):
    """The log does not hold the head that was timestamped: it was changed since."""

    code = "LETTER-1410"
    status = 409
    sentence = N_("At number {position} the log has another head than the one that was timestamped. Run: kiosk letters log --check")


class BadMoment(KioskError):
    """What was typed is no moment."""

    code = "LETTER-1423"
    status = 422
    sentence = N_("{text} is no moment. Write it so: 2026-11-22T10:00")
