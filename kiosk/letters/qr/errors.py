"""What can be wrong with a code: for a verifier a reason code, for whoever issues a sentence."""

from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_


class Malformed(ValueError):
    """These bytes or signs cannot be read. `reason` is a stable code, one of those in docs/letters.md."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotCbor(Malformed):
    """Bytes that are not in the subset of CBOR that this product reads."""


class Foreign(ValueError):
    """A text that is no letter code at all: a link to elsewhere, a ticket, a payment."""

    reason = "foreign_code"


class BadClaim(KioskError):
    """A letter that cannot be put into a code; `what` names the field."""

    code = "LETTER-0422"
    status = 422
    sentence = N_("This cannot stand in a letter's code: {what}.")
