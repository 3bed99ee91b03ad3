"""What can be wrong with a list that is taken in, and with the files it travels in."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class NotTrusted(KioskError):
    """No pinned root stands behind it, or its signature does not hold."""

    code = "TRUST-0403"
    status = 403
    sentence = N_("This list is not signed by anybody whom this computer trusts ({reason}). Nothing was taken from it.")


class OlderList(KioskError):
    """What is here is newer."""

    code = "TRUST-0409"
    status = 409
    sentence = N_("This list of {owner} is older (number {sequence}) than the one that is here (number {here}). It was left where it is.")


class TwoLists(KioskError):
    """Another content under a number that was used: a root or a node restored from an old copy, or somebody else's work."""

    code = "TRUST-0412"
    status = 409
    sentence = N_(
        "There is another list of {owner} with the same number {sequence}. Nothing was taken from it. Was it signed with an old copy?"
    )


class BadFile(KioskError):
    """A file that should hold roots, lists and certificates, and does not."""

    code = "TRUST-0422"
    status = 422
    sentence = N_("The file {file} holds no trust list, or is damaged ({reason}). Nothing was taken from it.")


class RootKnown(KioskError):
    """A root is pinned for other offices already."""

    code = "TRUST-0410"
    status = 409
    sentence = N_("The root {root} is trusted already, for {scope}. Take it away first: kiosk keys pin --remove {root}")


class RootNotPinned(KioskError):
    """No such root."""

    code = "TRUST-0404"
    status = 404
    sentence = N_("This computer does not trust a root {root}.")
