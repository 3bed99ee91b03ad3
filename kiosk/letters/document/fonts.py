"""The fonts of letters, embedded in every PDF: Atkinson Hyperlegible Next for text, Bricolage Grotesque for headings.

`fonts/*.ttf` are the static files of @fontsource 5.3.0 (latin and latin-ext put together), both under the SIL Open Font License 1.1.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
TEXT, STRONG, HEADING = "KiosText", "KiosStrong", "KiosHeading"
FILES = {TEXT: "atkinson-regular.ttf", STRONG: "atkinson-bold.ttf", HEADING: "bricolage-bold.ttf"}


@cache
def register() -> None:
    """Make the fonts known to reportlab, once in a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, FOLDER / file))


@cache
def signs() -> frozenset[str]:
    """The characters that all of the fonts have and that stand by themselves (no combining marks: nothing places them)."""
    import unicodedata

    from reportlab.pdfbase.ttfonts import TTFontFile

    maps = [TTFontFile(str(FOLDER / file)).charToGlyph for file in FILES.values()]
    shared = set(maps[0]).intersection(*maps[1:])
    return frozenset(chr(code) for code in shared if unicodedata.category(chr(code)) not in {"Mn", "Cf", "Cc"})


def missing(text: str) -> str:
    """The characters of `text` that the fonts do not have, each once, in their order; "" when it can be printed.

    >>> missing("Šimun Đorđević, Nyoman Yogyakarta 2026/§"), missing("張 Budi 張")
    ('', '張')
    """
    return "".join(dict.fromkeys(sign for sign in text if sign not in signs()))
