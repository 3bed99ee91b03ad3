"""Numbers as words, in Indonesian and English."""

from kiosk.core.i18n import Language

LARGEST = 10**15 - 1  # longer ones are codes, and are read digit by digit

ID = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# (size, its name, what "one of it" is called): Indonesian has words of its own for one hundred and one thousand
ID_STEPS = ((10**12, "triliun", ""), (10**9, "miliar", ""), (10**6, "juta", ""), (1000, "ribu", "seribu"), (100, "ratus", "seratus"))
EN_STEPS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def words(number: int, language: Language) -> str:
    """The words of a whole number from 0 to `LARGEST`; a larger one digit by digit.

    >>> words(1_012_345, "id")
    'satu juta dua belas ribu tiga ratus empat puluh lima'
    >>> words(1981, "en")
    'one thousand nine hundred eighty-one'
    """
    if number > LARGEST:
        return digits(str(number), language)
    return _indonesian(number) if language == "id" else _english(number)


def digits(text: str, language: Language) -> str:
    """The digits of `text`, one by one; other characters are left out.

    >>> digits("017", "id")
    'nol satu tujuh'
    """
    names = ID if language == "id" else EN
    return " ".join(names[int(sign)] for sign in text if sign.isdecimal())


def _indonesian(number: int) -> str:
    for size, name, one in ID_STEPS:
        if number >= size:
            count, rest = divmod(number, size)
            head = one if count == 1 and one else f"{_indonesian(count)} {name}"
            return f"{head} {_indonesian(rest)}" if rest else head
    if number < 12:
        return ID[number]
    if number < 20:
        return f"{ID[number - 10]} belas"
    tens, rest = divmod(number, 10)
    return f"{ID[tens]} puluh {ID[rest]}" if rest else f"{ID[tens]} puluh"


def _english(number: int) -> str:
    for size, name in EN_STEPS:
        if number >= size:
            count, rest = divmod(number, size)
            head = f"{_english(count)} {name}"
            return f"{head} {_english(rest)}" if rest else head
    if number < 20:
        return EN[number]
    tens, rest = divmod(number, 10)
    return f"{EN_TENS[tens]}-{EN[rest]}" if rest else EN_TENS[tens]
