"""How a text is said. Screens show the source word for word; only what goes to the voice passes through here.

The steps run in the order of `STEPS`: a later one may rely on what an earlier one has taken away. The voice gets letters and
simple punctuation only, so nothing in a text can be taken for a command: espeak-ng reads `[[...]]` as phonemes.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from kiosk.core.i18n import Language
from kiosk.speech.counting import digits, words
from kiosk.speech.vocabulary import DAYS, SHORT, SPELLED, WORDS

KEPT = ".,;:?!'- "
HOUR = r"(?:[01]\d|2[0-3])[.:][0-5]\d|\d:[0-5]\d"
# A point or comma between three digits groups them; ",-" or ",00" ends the amount; "(nol rupiah)" behind it would say it twice.
AMOUNT = re.compile(
    r"\bRp\.?\s*(\d{1,3}(?:[.,]\d{3})+(?:[.,]\d\d\b)?|\d+(?:[.,]\d\d\b)?)(?:[.,][-–=]+)?(?:\s*\([^()]*rupiah\s*\))?", re.IGNORECASE
)
ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12}


@lru_cache(2048)
def spoken(text: str, language: Language) -> str:
    """`text` as it is read out in `language`: letters, spaces and `.,;:?!'-`; empty when nothing in it can be said.

    >>> spoken("Biaya: Rp. 0,-", "id")
    'Biaya: nol rupiah'
    >>> spoken("Senin-Kamis 08.00-19.00 WITA", "id")
    'Senin sampai Kamis pukul delapan sampai sembilan belas Waktu Indonesia Tengah'
    >>> spoken("A-017, loket 3", "id")
    'A, nol satu tujuh, loket tiga'
    >>> spoken("Fotocopy KTP desa/ kelurahan", "id")
    'Fotocopy K T P desa atau kelurahan'
    >>> spoken("UU No. 25 Tahun 2009", "id")
    'U U nomor dua puluh lima Tahun dua ribu sembilan'
    >>> spoken("Open 08:30-15:00, ticket B-120", "en")
    'Open eight thirty A M to three P M, ticket B, one two zero'
    """
    said = unicodedata.normalize("NFKC", text)
    for step in STEPS:
        said = step(said, language)
    return said


def _addresses(text: str, language: Language) -> str:
    say = WORDS[language]

    def read(found: re.Match[str]) -> str:
        bare = re.sub(r"^https?://", "", found[0], flags=re.IGNORECASE).rstrip("./")
        for sign, name in ((".", "dot"), ("@", "at"), ("/", "slash"), ("_", "underscore"), ("-", "hyphen")):
            bare = bare.replace(sign, f" {say[name]} ")
        return bare

    return re.sub(r"[\w.+-]+@[\w.-]+\w|https?://\S+\w|\bwww\.\S+\w|\b[\w-]+(?:\.[\w-]+)*\.(?:go|co|or|ac)\.id\b(?:/\S*\w)?", read, text)


def _money(text: str, language: Language) -> str:
    def read(found: re.Match[str]) -> str:
        whole = re.sub(r"[.,]\d{1,2}$", "", found[1])
        return f"{words(int(re.sub('[.,]', '', whole)), language)} rupiah"

    return AMOUNT.sub(read, text)


def _hours(text: str, language: Language) -> str:
    at, to = WORDS[language]["hour"], WORDS[language]["to"]
    lead = rf"{at} " if at else ""
    text = re.sub(
        rf"\b(?:(?:pukul|jam)\s+)?({HOUR})\s*(?:[-–—]|s/?d)\s*({HOUR})\b",
        lambda found: f"{lead}{_hour(found[1], language)} {to} {_hour(found[2], language)}",
        text,
        flags=re.IGNORECASE,
    )
    alone = rf"(?<![\d.,])(?:(?:pukul|jam)\s+)?\b({HOUR})\b(?![.,]\d)"
    return re.sub(alone, lambda found: lead + _hour(found[1], language), text, flags=re.IGNORECASE)


def _hour(text: str, language: Language) -> str:
    hour, minute = (int(part) for part in re.split(r"[.:]", text))
    if language == "id":
        return words(hour, "id") + (f" lewat {words(minute, 'id')} menit" if minute else "")
    return f"{words(hour % 12 or 12, 'en')}{' ' + words(minute, 'en') if minute else ''} {'P' if hour >= 12 else 'A'} M"


def _tickets(text: str, language: Language) -> str:
    def read(found: re.Match[str]) -> str:
        lane = f" {found[2]} {words(int(found[3]), language)}," if found[2] else ""
        return f"{found[1]},{lane} {digits(found[4], language)}"

    return re.sub(r"\b([A-Z])-(?:([A-Z])(\d{1,3})-)?(\d{3,4})\b", read, text)


def _phones(text: str, language: Language) -> str:
    def read(found: re.Match[str]) -> str:
        return ", ".join(digits(group, language) for group in re.findall(r"\d+", found[0])) + " "

    return re.sub(r"(?<![\w.,/])\(?0\d{2,}\)?(?:[ -]{1,3}\d{3,})*(?![.,]?\d)", read, text)


def _short_forms(text: str, language: Language) -> str:
    for pattern, said in _patterns(language):
        text = pattern.sub(said, text)
    return text


@cache
def _patterns(language: Language) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?<!\w){short}(?!\w)", re.IGNORECASE), said) for short, said in SHORT[language].items()]


def _signs(text: str, language: Language) -> str:
    say = WORDS[language]
    text = re.sub(r"\b(\d{1,6})\s*\(([^()]+)\)", lambda found: _once(found, language), text)
    text = re.sub(rf"\b({say['and']})/({say['or']})\b", r"\1 \2", text, flags=re.IGNORECASE)
    days = "|".join(DAYS)
    text = re.sub(rf"\b({days})\s*[-–—]\s*({days})\b", rf"\1 {say['to']} \2", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<![\d\-–/.,])(\d+)\s*[-–]\s*(\d+)(?![\d\-–/]|[.,]\d)", rf"\1 {say['to']} \2", text)
    text = re.sub(r"(?<=[^\W\d_])\s*/\s*(?=[^\W\d_])", f" {say['or']} ", text)
    text = re.sub(r"(?<=\w)\+(?=\w)", f" {say['plus']} ", text)
    return re.sub("[&+%]", lambda found: f" {say.get(found[0], say['and'])} ", text)


def _once(found: re.Match[str], language: Language) -> str:
    """ "3 (tiga) hari" says its number once."""
    return found[1] if words(int(found[1]), language) == found[2].strip().lower() else found[0]


def _capitals(text: str, language: Language) -> str:
    """Codes and abbreviations letter by letter; other words in capitals as words."""

    def read(found: re.Match[str]) -> str:
        token = found[0]
        if token in ROMAN:
            return words(ROMAN[token], language)
        if any(sign.isdigit() for sign in token):
            return " ".join(re.findall(r"\d+|\D", token))
        if token in SPELLED or not set(token) & set("AEIOUY"):
            # English espeak-ng takes a lone A for the article
            return " ".join("ay" if sign == "A" and language == "en" else sign for sign in token)
        return token.capitalize()

    text = re.sub(r"(?<=[A-Z\d])-(?=[A-Z\d])", " ", text)
    return re.sub(r"\b(?:[A-Z]{2,}|(?=[A-Z\d]*[A-Z])[A-Z\d]{2,})\b", read, text)


def _numbers(text: str, language: Language) -> str:
    group, point = (".", ",") if language == "id" else (",", ".")

    def read(found: re.Match[str]) -> str:
        whole, _, part = found[0].partition(point)
        said = words(int(whole.replace(group, "")), language)
        return f" {said} {WORDS[language]['point']} {digits(part, language)} " if part else f" {said} "

    def listed(found: re.Match[str]) -> str:
        grouped = group == "," and re.fullmatch(r"\d{1,3}(?:,\d{3})+", found[0])
        return found[0] if grouped else found[0].replace(",", ", ")

    text = re.sub(r"\d+(?:,\d+){2,}", listed, text)  # three or more with commas: "5,6,7"
    return re.sub(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?!\d)(?:\{point}\d+)?|\d{{1,18}}(?:\{point}\d+)?", read, text)


def _plain(text: str, _language: Language) -> str:
    """Only letters, spaces and simple punctuation, without doubles."""
    text = re.sub("[()/–—•·…\n]", ", ", text.replace("’", "'"))
    text = "".join(sign if sign in KEPT or unicodedata.category(sign)[0] in "LM" else " " for sign in text)
    text = re.sub(r"(?<!\w)['-]+|['-]+(?!\w)", " ", text)
    text = re.sub(r"(?<=\w)([.,;:?!])(?=\w)", r"\1 ", text)
    text = re.sub(r"\s+([.,;:?!])", r"\1", re.sub(r"\s+", " ", text))
    text = re.sub(r"[.,;:?!]*([.?!])[.,;:?!]*|[,;:]*([,;:])[,;:]*", lambda found: found[1] or found[2], text)
    return text.strip(" ,;:-") if any(sign.isalpha() for sign in text) else ""


STEPS: tuple[Callable[[str, Language], str], ...] = (
    _addresses, _money, _hours, _tickets, _phones, _short_forms, _signs, _capitals, _numbers, _plain,
)  # fmt: skip
