"""The verdict on a code: which one stands when several things are wrong, and what is told beside it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.letters.trust import trust_list
from kiosk.letters.trust.judging import BAD, GOOD, Judgement, judge, judge_message, worst
from kiosk.letters.trust.knowledge import Knowledge, build
from tests.letters.ground import (
    DAY,
    HOST,
    KALTIM,
    LETTER,
    LIST,
    NOW,
    OWN,
    PROVINCE,
    SIGNERS,
    coded,
    key,
    known,
    listed,
    only,
    printed,
    revoked,
)

KNOWN = known()


def judged(letter=LETTER, by: str = "letters", lists: Knowledge = KNOWN, host: str = HOST) -> Judgement:
    return judge(printed(letter, by, host), lists, NOW)


def province(*keys: trust_list.TrustedKey, **other: object) -> Knowledge:
    """A province's list with these keys alone."""
    return build([PROVINCE], [listed(replace(LIST, keys=keys, **other))], [])


def test_a_genuine_code_says_who_what_and_how_old_the_knowledge_is():
    assert judged().as_json() == {
        "scope": "code",
        "verdict": "code_genuine",
        "fields": {
            "number": "503/0117/IMB/2026",
            "name": "Siti Rahmawati binti Abdullah",
            "service": "izin-praktik-perawat",
            "issued": "2026-11-11T22:26:40Z",
            "expires": "2027-11-21T22:26:40Z",
        },
        "issuer": KALTIM,
        "key": SIGNERS["letters"].kid.hex(),
        "trust_as_of": "2026-11-19T22:26:40Z",
        "revocations_as_of": "2026-11-20T22:26:40Z",
        "reasons": [],
        "revoked": None,
    }


def test_the_worst_verdict_stands():
    order = ("unreadable", "not_ours", "altered", "unknown_issuer", "revoked", "expired")
    assert order == BAD
    for worse, better in pairwise((*order, "code_genuine")):
        assert worst(worse, better) == worst(better, worse) == worse


def test_a_further_finding_makes_it_worse_and_never_better():
    found = judged(replace(LETTER, expires_at=NOW))
    assert found.with_reasons("altered", "record_differs").verdict == "altered"
    assert found.with_reasons("altered", "record_differs").reasons == ("letter_expired", "record_differs")
    assert found.with_reasons("altered", "record_differs").as_json()["fields"] is None
    assert found.with_reasons(None, "trust_stale", "trust_stale").reasons == ("letter_expired", "trust_stale")
    assert found.with_reasons("altered").with_reasons("expired").verdict == "altered"


@pytest.mark.parametrize("scope", GOOD)
def test_each_scope_has_its_word_for_good(scope: str):
    assert judged().in_scope(scope).as_json()["verdict"] == GOOD[scope]
    assert judged(replace(LETTER, expires_at=NOW)).in_scope(scope).verdict == "expired"


@pytest.mark.parametrize("verdict", BAD)
def test_fields_are_told_when_somebody_signed_them(verdict: str):
    fields = judged().with_reasons(verdict).as_json()["fields"]
    assert (fields is not None) == (verdict in {"revoked", "expired"})


def test_another_key_under_the_same_name_says_nothing_about_the_letter():
    """In whichever order the list has them."""
    twin = key("twin", kid=SIGNERS["letters"].kid, revoked_at=NOW - 99 * DAY, reason=trust_list.COMPROMISE)
    for keys in ((twin, key("letters")), (key("letters"), twin)):
        assert judged(lists=province(*keys)).verdict == "code_genuine"
    assert judged(lists=province(twin)).reasons == ("signature_wrong",)


def test_a_key_that_one_list_revokes_is_revoked():
    """The province has heard of it, the office's own list is older."""
    above = replace(LIST, keys=(key("letters", revoked_at=NOW - 20 * DAY, reason=trust_list.SUPERSEDED),))
    own = only("kaltim")
    for revoking, other in ((above, own), (only("kaltim", above), LIST)):
        lists = [listed(revoking), listed(other, "kaltim-root")] if revoking is above else [listed(revoking, "kaltim-root"), listed(other)]
        assert judged(lists=build([PROVINCE, OWN], lists, [])).reasons[0] == "key_revoked"


def test_a_key_that_was_prolonged_in_one_list_is_good():
    short = replace(LIST, keys=(key("letters", not_after=LETTER.issued_at - 1),))
    both = build([PROVINCE, OWN], [listed(short), listed(only("kaltim"), "kaltim-root")], [revoked()])
    assert judged(lists=both).verdict == "code_genuine" or both.revocations == {}
    assert "key_not_valid_then" not in judged(lists=both).reasons


def test_no_office_takes_the_letters_of_another():
    """Berau's root lists Kaltim's key as its own, revoked: the general list names the issuer."""
    theft = replace(only("berau"), keys=(key("letters", "berau", revoked_at=1, reason=trust_list.COMPROMISE),))
    root = replace(OWN, office="berau")
    both = build([root, PROVINCE], [listed(theft, "kaltim-root"), listed(LIST)], [revoked()])
    assert len(both.lists) == 2
    assert judged(lists=both) == judged()


def test_the_more_general_list_names_the_issuer_and_its_address():
    boast = only("kaltim", replace(LIST, offices={"kaltim": ("Kementerian", "evil.example"), "berau": ("", "")}))
    both = build([OWN, PROVINCE], [listed(boast, "kaltim-root"), listed(LIST)], [revoked()])
    assert judged(lists=both).issuer == KALTIM
    assert judged(lists=both).verdict == "code_genuine"


def test_a_compromised_key_condemns_all_but_what_is_established():
    compromised = key("letters", revoked_at=NOW + 1, reason=trust_list.COMPROMISE)
    assert judged(lists=province(compromised)).reasons[0] == "key_compromised"
    assert judged(lists=province(compromised)).as_json()["revoked"] == {"at": "2026-11-21T22:26:41Z", "reason": 1}
    from kiosk.letters.qr import claims

    known_before = {SIGNERS["letters"].kid: trust_list.established_hash(claims.encode(LETTER))}
    assert judged(lists=province(compromised, established=known_before)).verdict == "code_genuine"
    assert judged(replace(LETTER, serial=1), lists=province(compromised, established=known_before)).verdict == "revoked"


def test_the_letters_own_revocation_is_told_before_the_keys():
    found = judged(replace(LETTER, serial=7, issued_at=NOW - 4 * DAY), "superseded")
    assert found.reasons == ("key_revoked", "letter_revoked")
    assert found.revoked == (NOW - 3 * DAY, 3)


@pytest.mark.parametrize(("ahead", "told"), [(300, False), (301, True)])
def test_clocks_may_differ_by_five_minutes(ahead: int, told: bool):
    assert ("issued_in_future" in judged(replace(LETTER, issued_at=NOW + ahead)).reasons) == told


def test_without_an_address_none_is_compared():
    assert judge_message(coded(), None, KNOWN, NOW).verdict == "code_genuine"
    assert judge_message(coded(), "elsewhere.id", KNOWN, NOW).reasons == ("address_foreign",)
    assert judge_message(coded(), HOST.upper(), KNOWN, NOW).verdict == "code_genuine"


@given(st.text(max_size=60) | st.text("0123456789", max_size=400).map(lambda digits: f"HTTPS://CEK.KALTIM.GO.ID/V#{digits}"))
def test_every_text_gets_a_verdict(text: str):
    found = judge(text, KNOWN, NOW).as_json()
    assert found["verdict"] in {"unreadable", "not_ours"}
    assert found["reasons"]
