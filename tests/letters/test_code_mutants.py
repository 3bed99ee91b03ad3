"""No mutant of a code passes with other signed fields; (r, n - s) may pass, with the same ones."""

from collections import Counter
from itertools import islice
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.letters.qr.text import from_text, to_text
from kiosk.letters.trust.judging import BAD, judge
from tests.letters.ground import HOST, LETTER, NOW, coded, known
from tests.letters.make_mutants import mutants, pool

KNOWN = known()
CODE = coded()
FORGED = BAD[:4]


def tried(count: int, seed: int) -> Counter[str]:
    """Verdicts on `count` mutants. Raises AssertionError for one that passes with fields that nobody signed."""
    chance = Random(seed)
    codes = pool(chance)
    signed = {letter for letter, _ in codes}
    verdicts: Counter[str] = Counter()
    for text in islice(mutants(codes, chance), count):
        found = judge(text, KNOWN, NOW)
        verdicts[found.verdict] += 1
        assert found.verdict in FORGED or found.claims in signed, text
    return verdicts


def test_no_mutant_passes_with_other_fields():
    verdicts = tried(20_000, 1)
    assert set(verdicts) == {*BAD, "code_genuine"}, "every verdict occurs, or the mutants try too little"


@given(st.integers(0, len(CODE) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_no_byte_can_be_another(place: int, flip: int):
    spoilt = CODE[:place] + bytes([CODE[place] ^ flip]) + CODE[place + 1 :]
    assert judge(to_text(HOST, spoilt), KNOWN, NOW).verdict in FORGED


@given(st.data())
@settings(max_examples=300)
def test_no_digit_can_be_another(data: st.DataObject):
    text = to_text(HOST, CODE)
    place = data.draw(st.integers(text.index("#") + 1, len(text) - 1))
    spoilt = text[:place] + data.draw(st.sampled_from(sorted(set("0123456789") - {text[place]}))) + text[place + 1 :]
    found = judge(spoilt, KNOWN, NOW)
    assert found.verdict in FORGED
    assert from_text(text).message == CODE
    assert judge(text, KNOWN, NOW).claims == LETTER
