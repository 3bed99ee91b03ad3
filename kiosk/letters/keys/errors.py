"""What can be wrong with a key, a passphrase, a root's folder or a request."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class WrongPassphrase(KioskError):
    """The passphrase does not open the key's file."""

    code = "KEY-0401"
    status = 403
    sentence = N_("The passphrase does not open {file}, or the file was changed.")


class NoPassphrase(KioskError):
    """There is nobody to ask for the passphrase."""

    code = "KEY-0428"
    sentence = N_("No passphrase was given. Type it, or name a file with --passphrase-file or {variable}_FILE, or set {variable}.")


class WeakPassphrase(KioskError):
    """The passphrase could be guessed."""

    code = "KEY-0424"
    sentence = N_("The passphrase is too short: it needs at least {least} characters. Four or five words are easy to keep.")


class KeyMissing(KioskError):
    """No key for this purpose is here, or none has its certificate yet."""

    code = "KEY-0404"
    status = 409
    sentence = N_("This computer has no certified key for {purpose}. Make one with: kiosk keys new --purpose {purpose} --days 365")


class KeyOutOfTime(KioskError):
    """Every key for this purpose is before its first or after its last day, or revoked."""

    code = "KEY-0410"
    status = 409
    sentence = N_("The key {kid} must not sign now: {reason}. Make another with: kiosk keys rotate --purpose {purpose} --days 365")


class Damaged(KioskError):
    """A file is not what it should be."""

    code = "KEY-0422"
    sentence = N_("The file {file} is damaged or of another kind: {reason}.")


class WeakFile(KioskError):
    """The file's protection is for demonstrations."""

    code = "KEY-0426"
    sentence = N_("{file} is a key of the demonstration, or protected as weakly as one ({rounds} rounds). It is not used in earnest.")


class FolderMissing(KioskError):
    """The folder of the root is not there."""

    code = "KEY-0405"
    sentence = N_("The folder {folder} is not there, or nothing can be written to it. Is the flash drive plugged in?")


class FolderOnNode(KioskError):
    """The root must not stay on this machine's data folder."""

    code = "KEY-0403"
    sentence = N_("{folder} lies in the data folder of this computer. The root must leave it: name a folder on a removable disk.")


class RootMissing(KioskError):
    """The folder holds no root."""

    code = "KEY-0406"
    sentence = N_("There is no root in {folder}: the files {files} are missing. Is it the right disk?")


class RootExists(KioskError):
    """A root would be overwritten."""

    code = "KEY-0409"
    sentence = N_("There is a root already in {folder}. Every verifier trusts that one. Another root needs another folder.")


class DemoRoot(KioskError):
    """The folder is the demonstration's, or the other way round."""

    code = "KEY-0407"
    sentence = N_("The root in {folder} is the demonstration's: everybody knows its passphrase. It signs nothing in earnest.")


class OtherOffice(KioskError):
    """This root may speak for one office, and that is another one."""

    code = "KEY-0412"
    sentence = N_("This root may speak for the office {own} alone, not for {asked}.")


class NotConfirmed(KioskError):
    """Nobody said that the fingerprint is the right one."""

    code = "KEY-0427"
    sentence = N_("The fingerprint {fingerprint} was not confirmed. Compare it, and answer yes, or give it with --fingerprint.")


class BadReason(KioskError):
    """A revocation that would take back what an earlier one said."""

    code = "KEY-0423"
    sentence = N_("The key {kid} is revoked already ({reason}, {at}). That can become stricter or earlier, never milder or later.")


class KeyUnknown(KioskError):
    """No such key in the root's list."""

    code = "KEY-0408"
    sentence = N_("There is no key {kid} in the list of this root.")


class BadOption(KioskError):
    """A number, name or time that cannot be."""

    code = "KEY-0429"
    sentence = N_("{name} cannot be {value}: {reason}.")


class TokenFailed(KioskError):
    """The PKCS #11 token does not do what it was asked."""

    code = "KEY-0503"
    status = 503
    sentence = N_("The token {token} does not answer as it should: {reason}.")


class WrongPin(KioskError):
    """The token's PIN is wrong."""

    code = "KEY-0402"
    status = 403
    sentence = N_("The PIN does not open the token {token} ({reason}). Tokens lock themselves after a few wrong ones.")


class PinSpared(KioskError):
    """One more wrong PIN could lock the token for good, so it gets none."""

    code = "KEY-0430"
    status = 423
    sentence = N_(
        "Another wrong PIN could lock the token {token} for good, so none is tried. Log in to it once with its own program, "
        "then remove keys/{file} from the data folder."
    )


class TokenLocked(KioskError):
    """The token has locked itself after too many wrong PINs."""

    code = "KEY-0431"
    status = 423
    sentence = N_("The token {token} has locked itself after too many wrong PINs. Unlock it with its own program.")
