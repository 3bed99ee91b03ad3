"""What can go wrong with people at the centre."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class WrongPassphrase(KioskError):
    """Wrong name or wrong passphrase: one sentence, so that it does not tell which."""

    code = "CENTRE-0401"
    status = 401
    sentence = N_("The name or the passphrase is not right. Please try again.")


class WaitFirst(KioskError):
    """Too many wrong passphrases: no other is looked at for a while."""

    code = "CENTRE-0429"
    status = 429
    sentence = N_("Too many wrong passphrases. Wait {seconds} seconds, then try again.")


class NotSignedIn(KioskError):
    """The page needs somebody, and nobody is signed in, or no longer."""

    code = "CENTRE-0402"
    status = 401
    sentence = N_("Please sign in first.")


class OperatorsOnly(KioskError):
    """Staff of an office see their office; what changes something is done by the centre's operators."""

    code = "CENTRE-0403"
    status = 403
    sentence = N_("Only an operator of the centre can do this.")


class BadPerson(KioskError):
    """A name or an office that nobody at the centre can have."""

    code = "CENTRE-0422"
    status = 422
    sentence = N_("A name has 2 to 40 small letters, digits, dots or hyphens; the office is its id, or * for operators of the centre.")


class NameTaken(KioskError):
    """Names are one for the whole centre, because who signs in types no office."""

    code = "CENTRE-0409"
    status = 409
    sentence = N_("There is already somebody named {name} at the centre.")


class PersonUnknown(KioskError):
    """Nobody at the centre has this name."""

    code = "CENTRE-0414"
    status = 404
    sentence = N_("Nobody at the centre is named {name}.")
