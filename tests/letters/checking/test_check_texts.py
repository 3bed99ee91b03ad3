"""What people are told of a letter."""

import re
from functools import partial

import pytest

from kiosk.core.i18n import catalogue, translate
from kiosk.letters.checking.reasons import BESIDE, BY_VERDICT, REASONS
from kiosk.letters.checking.texts import BY_SCOPE, REVOCATIONS, SCOPES, VERDICTS, Told, told_of

ALL = {**VERDICTS, **BY_SCOPE, **REASONS, **{str(code): Told(words) for code, words in {**REVOCATIONS, **SCOPES}.items()}}
indonesian = partial(translate, language="id")
SENTENCES = {words for told in ALL.values() for words in (told.headline, told.lead, *told.steps) if words}


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_every_sentence_has_its_indonesian_and_claims_nothing_of_paper_or_people(sentence: str) -> None:
    assert not re.search(r"\b(asli|palsu|pemalsu|keaslian)\b", catalogue()[sentence], re.IGNORECASE)
    assert not re.search(r"\b(genuine|authentic|fake|forged|forger)\b", sentence, re.IGNORECASE)


def test_each_reason_belongs_to_one_verdict() -> None:
    assert len(REASONS) == sum(map(len, BY_VERDICT.values())) + len(BESIDE)
    assert set(BY_VERDICT) < set(VERDICTS)


def test_what_is_valid_is_to_be_compared_with_the_paper() -> None:
    for verdict, headline in {"valid": "Tanda tangan berkas ini sah", "code_genuine": "Tanda tangan sah"}.items():
        told = VERDICTS[verdict]
        assert indonesian(told.headline) == headline
        assert [*map(indonesian, told.steps)] == ["Sekarang cocokkan isi ini dengan surat yang Anda pegang."]


def test_what_the_contents_may_not_be_shown_of_names_somebody_to_ask() -> None:
    for verdict in ("altered", "unknown_issuer", "revoked", "expired"):
        assert any("kantor" in indonesian(step) for step in VERDICTS[verdict].steps)


def test_each_scope_says_what_was_checked() -> None:
    assert indonesian(told_of("altered", "document").headline) == "Isi berkas ini telah diubah"
    assert indonesian(told_of("altered", "code").headline) == "Isi kode ini telah diubah"
    assert "Tanda tangan" not in indonesian(told_of("expired", "register").lead)  # nobody looked at one
    assert told_of("revoked", "code") == VERDICTS["revoked"]
    assert {*BY_SCOPE} <= {f"{verdict}-{scope}" for verdict in VERDICTS for scope in SCOPES}
