"""How texts are said: the offices' own spellings, one by one, and any text at all."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.core.i18n import LANGUAGES, Language
from kiosk.speech.counting import EN, ID, LARGEST, words
from kiosk.speech.spoken import KEPT, spoken

INDONESIAN = [
    ("Rp. 0,-", "nol rupiah"),
    ("Rp. 0 (Nol Rupiah)", "nol rupiah"),
    ("Permohonan bermaterai Rp.10.000,-", "Permohonan bermaterai sepuluh ribu rupiah"),
    ("Rp1.250.000,00", "satu juta dua ratus lima puluh ribu rupiah"),
    ("Rp1.100,-", "seribu seratus rupiah"),
    ("08.00-19.00 WITA", "pukul delapan sampai sembilan belas Waktu Indonesia Tengah"),
    ("pukul 08.30 WIB", "pukul delapan lewat tiga puluh menit Waktu Indonesia Barat"),
    ("A-017", "A, nol satu tujuh"),
    ("A-K2-014", "A, K dua, nol satu empat"),
    ("desa/ kelurahan/ Satpol", "desa atau kelurahan atau Satpol"),
    ("dan/atau", "dan atau"),
    ("PP 5/2021", "P P lima, dua ribu dua puluh satu"),
    ("KTP, NPWP dan NIB", "K T P, N P W P dan N I B"),
    ("STANDAR OPERASIONAL PROSEDUR", "Standar Operasional Prosedur"),
    ("SP4N Lapor", "S P empat N Lapor"),
    ("Lampiran II", "Lampiran dua"),
    ("mengambil no. antrian dgn petugas", "mengambil nomor antrian dengan petugas"),
    ("3 (tiga) hari", "tiga hari"),
    ("3-4 hari", "tiga sampai empat hari"),
    ("Senin-Jum'at", "Senin sampai Jumat"),
    ("0851-7306-6557", "nol delapan lima satu, tujuh tiga nol enam, enam lima lima tujuh"),
    ("(0767) 23755", "nol tujuh enam tujuh, dua tiga tujuh lima lima"),
    ("yandu@gmail.com", "yandu at gmail titik com"),
    ("dpmptsp.kaltimprov.go.id", "dpmptsp titik kaltimprov titik go titik id"),
    ("91,48 %", "sembilan puluh satu koma empat delapan persen"),
    ("langkah 5,6,7", "langkah lima, enam, tujuh"),
    ("H+1", "H tambah satu"),
    ("(CS) + Help Desk", "C S, dan Help Desk"),
]
ENGLISH = [
    ("Rp. 0,-", "zero rupiah"),
    ("08.00-19.00 WITA", "eight A M to seven P M Central Indonesia Time"),
    ("A-017", "A, zero one seven"),
    ("1,500 people, 2.5 days", "one thousand five hundred people, two point five days"),
    ("You don't need a KTP & NPWP.", "You don't need a K T P and N P W P."),
    ("No. 25", "number twenty-five"),
]


@pytest.mark.parametrize(("text", "said"), INDONESIAN, ids=[text for text, _ in INDONESIAN])
def test_indonesian_office_spellings_are_said_as_people_say_them(text: str, said: str) -> None:
    assert spoken(text, "id") == said


@pytest.mark.parametrize(("text", "said"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_spellings_are_said_as_people_say_them(text: str, said: str) -> None:
    assert spoken(text, "en") == said


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
@example("[[t@st]] <speak><break time='9s'/></speak> \x00\x1b[31m &amp; | $(id)", "id")
@example("Rp" + "9" * 290, "en")
@example("²½ ٣ 九 ١٢.٣٠", "id")
def test_any_text_becomes_letters_and_simple_punctuation(text: str, language: Language) -> None:
    said = spoken.__wrapped__(text, language)
    assert all(sign in KEPT or unicodedata.category(sign)[0] in "LM" for sign in said)
    assert said == said.strip()
    assert not said.startswith("-")  # nothing that a program could take for an option
    assert said == "" or any(sign.isalpha() for sign in said)


@given(st.integers(0, LARGEST), st.sampled_from(LANGUAGES))
def test_number_words_mean_the_number(number: int, language: Language) -> None:
    assert value(words(number, language)) == number


def value(text: str) -> int:
    """Number words read back, by a method of its own: the parts below a thousand, times their step."""
    units = {name: count for count, name in enumerate(ID)} | {name: count for count, name in enumerate(EN)}
    tens = {f"{name}ty": count * 10 for count, name in enumerate(("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"), start=2)}
    steps = {"ribu": 10**3, "thousand": 10**3, "juta": 10**6, "million": 10**6, "miliar": 10**9, "billion": 10**9}
    steps |= {"triliun": 10**12, "trillion": 10**12}
    total = part = last = 0
    for word in text.replace("seribu", "satu ribu").replace("seratus", "satu ratus").replace("-", " ").split():
        if word in steps:
            total, part, last = total + (part + last) * steps[word], 0, 0
        elif word in ("ratus", "hundred"):
            part, last = part + last * 100, 0
        elif word == "puluh":
            part, last = part + last * 10, 0
        elif word == "belas":
            part, last = part + 10 + last, 0
        elif word in tens:
            part += tens[word]
        else:
            last = units[word]
    return total + part + last
