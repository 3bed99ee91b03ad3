"""What can go wrong when staff sign in."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class WrongPin(KioskError):
    """Wrong account or wrong PIN: one sentence, so that it does not tell which. `seconds` to wait before the next try."""

    code = "STAFF-0401"
    status = 401
    sentence = N_("The name or the PIN is not right. Please try again.")

    def __init__(self, seconds: int = 0) -> None:
        self.headers = {"Retry-After": str(seconds)} if seconds else {}
        super().__init__()


class NotSignedIn(KioskError):
    """The call needs a member of staff, with a role that may do this."""

    code = "STAFF-0403"
    status = 403
    sentence = N_("Please sign in as staff who may do this.")


class ForeignPage(KioskError):
    """Another site's page tried to sign in or out."""

    code = "STAFF-0406"
    status = 403
    sentence = N_("This page was opened at an address that is not the office's. Please open {address} and sign in there.")


class NameTaken(KioskError):
    """Two accounts of one name could not be told apart on the sign-in screen."""

    code = "STAFF-0409"
    status = 409
    sentence = N_("There is already an account named {name}.")


class BadAccount(KioskError):
    """A name or role that an account cannot have."""

    code = "STAFF-0422"
    status = 422
    sentence = N_("An account needs a name of 1 to {most} characters and one of these roles: {roles}.")


class BadPin(KioskError):
    """A new PIN of the wrong length, or one that anyone would try first."""

    code = "STAFF-0424"
    status = 422
    sentence = N_("The PIN has {digits} digits and is not a simple one such as 123456.")


class AccountUnknown(KioskError):
    """The office has no such account."""

    code = "STAFF-0404"
    status = 404
    sentence = N_("This office has no such account.")


class MustWait(KioskError):
    """Too many wrong PINs: nothing is tried before the wait is over. `seconds`: how long that is."""

    code = "STAFF-0429"
    status = 429
    sentence = N_("Too many wrong PINs. Please wait {seconds} seconds.")

    def __init__(self, seconds: int) -> None:
        self.headers = {"Retry-After": str(seconds)}
        super().__init__(seconds=seconds)


class Locked(KioskError):
    """So many wrong PINs that only the admin can help."""

    code = "STAFF-0423"
    status = 423
    sentence = N_("This account is locked on this device after too many wrong PINs. Please ask the admin.")
