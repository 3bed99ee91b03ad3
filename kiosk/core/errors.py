"""One family of errors: a stable code for machines, a sentence for people, and the HTTP status between them.

Each room declares its own errors as subclasses. The sentence is a gettext message with named places in braces, so that it
reads well in every language; the code never changes once it was published.
"""

from kiosk.core.i18n import LANGUAGES, N_, Language, translate


class KioskError(Exception):
    """Something that was asked for cannot be done, and the person who asked can be told why.

    `code` is stable, `status` is the HTTP status, `sentence` the English message id. `facts` fill the sentence's places.
    """

    code = "KIOSK-0400"
    status = 400
    sentence = N_("This cannot be done.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """The sentence in `language` ("id" or "en")."""
        return translate(self.sentence, language).format(**self.facts)

    def in_both(self) -> dict[str, str]:
        """The sentence by language, as a screen keeps it: the reader may change the language while it stands there."""
        return {language: self.text(language) for language in LANGUAGES}


class NotFound(KioskError):
    """There is nothing at this address."""

    code = "HTTP-0404"
    status = 404
    sentence = N_("There is nothing at this address.")


class BadId(KioskError):
    """An id that is not a UUID in its usual spelling (RFC 9562, section 4)."""

    code = "ID-0422"
    status = 422
    sentence = N_("This id is not a UUID.")


class Busy(KioskError):
    """More work waits than the node takes at once."""

    code = "NODE-0503"
    status = 503
    sentence = N_("The office computer is busy. Please try again in a moment.")


class StorageFull(KioskError):
    """The disk is full: nothing was stored, and what was stored before is still there."""

    code = "STORAGE-0507"
    status = 507
    sentence = N_("The office computer has no room left on its disk. Nothing was stored. Please tell the staff.")


class StartError(KioskError):
    """The node cannot start; the command prints `code: sentence` and ends with status 1."""

    code = "START-0001"
    status = 500
    sentence = N_("The node cannot start: {reason}")
