"""How a service's name stands above its page: as printed, except that nobody should have to read capitals throughout."""

import re

OFFICE_WIDE = "Standar pelayanan seluruh kantor"
SMALL = frozenset({"di", "ke", "dari", "dan", "atau", "untuk", "yang", "pada"})


def shown_title(name: str | None, product: str = "") -> str:
    """The title of a service named `name` whose product is called `product`.

    A name printed in capitals throughout is set in upper and lower case, spelt word by word as the same document spells it in
    its product; the name as printed stays on the page among the facts about the document. None is the office-wide standard.

    >>> shown_title("LAYANAN PENERBITAN REKOMENDASI PAMERAN (EO) DI KALTIM", "Rekomendasi Pameran (EO) di Kaltim")
    'Layanan Penerbitan Rekomendasi Pameran (EO) di Kaltim'
    >>> shown_title("Undian Gratis Berhadiah", "REKOMENDASI")
    'Undian Gratis Berhadiah'
    """
    if name is None:
        return OFFICE_WIDE
    if name != name.upper():
        return name
    spelt = {word.upper(): word for word in re.findall(r"\w+", product)}
    return re.sub(r"\w+", lambda match: spelt.get(match[0]) or _usual(match[0]), name)


def _usual(word: str) -> str:
    return word.lower() if word.lower() in SMALL else word.capitalize()
