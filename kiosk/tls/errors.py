"""What can be wrong with a certificate, a name, a folder or a passphrase."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class FolderMissing(KioskError):
    """The folder for the authority's key is not there."""

    code = "TLS-0404"
    sentence = N_("The folder {folder} is not there, or nothing can be written to it. Is the removable disk plugged in?")


class FolderOnNode(KioskError):
    """The authority's key must not stay on this machine's data folder."""

    code = "TLS-0403"
    sentence = N_(
        "{folder} lies in the data folder of this computer. The key of the authority must leave it: name a folder on a removable disk."
    )


class AuthorityExists(KioskError):
    """An authority would be overwritten."""

    code = "TLS-0409"
    sentence = N_(
        "There is an authority already ({place}). Tablets trust that one. To make another, and set up every tablet again, add --replace."
    )


class AuthorityMissing(KioskError):
    """The folder holds no authority."""

    code = "TLS-0405"
    sentence = N_("There is no authority in {folder}: the files {files} are missing. Is it the right disk?")


class OtherAuthority(KioskError):
    """The folder holds an authority that this node's tablets do not trust."""

    code = "TLS-0412"
    sentence = N_("The authority in {folder} is not the one of this computer ({here}). Tablets would not trust it. Is it the right disk?")


class WrongPassphrase(KioskError):
    """The passphrase does not open the key."""

    code = "TLS-0401"
    sentence = N_("The passphrase does not open {file}, or the file was changed.")


class WeakPassphrase(KioskError):
    """The passphrase could be guessed."""

    code = "TLS-0424"
    sentence = N_("The passphrase is too short: it needs at least {least} characters. Four or five words are easy to keep.")


class NoPassphrase(KioskError):
    """There is nobody to ask for the passphrase."""

    code = "TLS-0428"
    sentence = N_("No passphrase was given. Type it when asked, or name a file with --passphrase-file, or set {variable}.")


class Damaged(KioskError):
    """A file is not what it should be."""

    code = "TLS-0422"
    sentence = N_("The file {file} is damaged or of another kind: {reason}.")


class BadHost(KioskError):
    """A name or address for which this office may not make a certificate."""

    code = "TLS-0423"
    sentence = N_("{host} cannot be a name of this node: {reason}.")


class NameOutside(KioskError):
    """The authority was made for other names."""

    code = "TLS-0425"
    sentence = N_("{host} is outside of what this authority may vouch for ({permitted}). Another name needs another authority.")


class BadName(KioskError):
    """The name of the authority cannot be written into a certificate."""

    code = "TLS-0429"
    sentence = N_("The name of the authority must have 1 to 64 characters.")


class NoCertificate(KioskError):
    """Nothing was set up yet."""

    code = "TLS-0406"
    sentence = N_("This computer has no certificate yet. Make one with: kiosk tls authority --export FOLDER")


class Expired(KioskError):
    """A certificate is past its last day."""

    code = "TLS-0410"
    sentence = N_("The certificate for {host} ended on {day}. Make a new one with: kiosk tls renew --from FOLDER")


class AuthorityExpired(KioskError):
    """The authority itself is past its last day."""

    code = "TLS-0411"
    sentence = N_("The authority ended on {day}. Make another with: kiosk tls authority --export FOLDER --replace")


class KeyMismatch(KioskError):
    """Key and certificate do not belong together."""

    code = "TLS-0426"
    sentence = N_("The key in {key} does not belong to the certificate in {cert}.")


class ChainBroken(KioskError):
    """The certificates of a chain do not follow each other."""

    code = "TLS-0427"
    sentence = N_("The certificates in {file} are not in order: each must be signed by the one that follows it (number {number} is not).")


class NotProven(KioskError):
    """What was just written does not read back as it should."""

    code = "TLS-0500"
    status = 500
    sentence = N_("What was written does not read back as it should ({reason}). Nothing of this computer was changed.")


class HttpsOnly(KioskError):
    """Asked for over plain HTTP, while HTTPS is not served."""

    code = "TLS-0503"
    status = 503
    sentence = N_("This page needs the secure address, and that is out of order at the moment ({reason}). Please tell the admin.")
