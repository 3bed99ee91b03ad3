"""The slip of a survey code: its own piece of paper, asked for by itself, because what prints a number must not learn its code."""

from kiosk.core.i18n import Language, translate
from kiosk.paper.printer import RULE, Line
from kiosk.survey import texts

GROUP = 4


def slip(code: str, *, office: str, address: str, language: Language) -> list[Line]:
    """The slip of `code` (eight signs); `address` is the survey's page. Behind its "#" the code stays in the phone."""
    return [
        Line("middle", office),
        Line("title", translate(texts.SLIP_TITLE, language)),
        Line("big", f"{code[:GROUP]}-{code[GROUP:]}"),
        RULE,
        Line("middle", translate(texts.SLIP_WHEN, language)),
        Line("qr", f"{address}#{code}"),
        Line("middle", translate(texts.FREE, language)),
    ]
