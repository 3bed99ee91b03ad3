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
    """The call needs a member of staff, and nobody is signed in."""

    code = "STAFF-0403"
    status = 403
    sentence = N_("Please sign in as staff who may do this.")


class RoleMissing(KioskError):
    """Who is signed in holds no role that may do this, or no longer."""

    code = "STAFF-0405"
    status = 403
    sentence = N_("Your roles do not allow this. Ask the admin if that is wrong.")


class NameTaken(KioskError):
    """Two accounts of one name could not be told apart on the sign-in screen."""

    code = "STAFF-0409"
    status = 409
    sentence = N_("There is already an account named {name}.")


class AccountChanged(KioskError):
    """Somebody else changed the account since it was looked at."""

    code = "STAFF-0412"
    status = 409
    sentence = N_("Somebody else has just changed the account of {name}. Nothing was done. Look at it as it is now, then decide again.")


class LastAdmin(KioskError):
    """An office without an admin could not be put right on its screens."""

    code = "STAFF-0425"
    status = 409
    sentence = N_("{name} is the last admin of this office. Make somebody else admin first.")


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


class WrongOldPin(WrongPin):
    """The PIN that was to be changed is another one. It counts as a wrong PIN at this place."""

    code = "STAFF-0411"
    sentence = N_("The PIN you have now is not that one. The PIN was not changed.")


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


class PinsDiffer(KioskError):
    """A new PIN was typed twice, and not the same."""

    code = "STAFF-0426"
    status = 422
    sentence = N_("The two new PINs are not the same. The PIN was not changed.")
