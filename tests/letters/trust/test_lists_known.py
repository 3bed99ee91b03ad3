"""Whose list counts: pinned roots, one step of certified ones, and never an older one."""

from dataclasses import replace

import pytest

from kiosk.letters.trust import trust_list
from kiosk.letters.trust.knowledge import Refusal, Refused, Root, build, certified, read_list, read_revocations, supersedes
from tests.letters.ground import DAY, LIST, NOW, OWN, PROVINCE, REVOKED, SIGNERS, key, listed, only, revoked
from tests.letters.vector_knowledge import ABOVE, BELOW, FAR_ROOT, KNOWLEDGE


def reasons(roots: list[Root], *lists: bytes) -> list[str]:
    """Why lists were refused."""
    return [one.reason for one in build(roots, lists, []).refused]


def test_a_pinned_roots_list_counts_and_names_its_root():
    assert read_list(listed(LIST), [OWN, PROVINCE]).root == PROVINCE
    assert build([PROVINCE], [listed(LIST)], []).lists == (LIST,)


def test_a_strangers_list_counts_nowhere():
    assert reasons([PROVINCE], listed(LIST, "stranger-root")) == ["root_unknown"]
    assert reasons([], listed(LIST)) == ["root_unknown"]


def test_an_offices_own_root_speaks_for_that_office_alone():
    assert reasons([OWN], listed(only("kaltim"), "kaltim-root")) == []
    assert reasons([OWN], listed(LIST, "kaltim-root")) == ["office_foreign"]
    assert reasons([OWN], listed(only("berau"), "kaltim-root")) == ["office_foreign"]


def test_a_certified_root_counts_whatever_comes_first():
    for messages in ([listed(ABOVE), listed(BELOW, "berau-root")], [listed(BELOW, "berau-root"), listed(ABOVE)]):
        known = build([PROVINCE], messages, [])
        assert known.refused == ()
        assert known.lists == (ABOVE, BELOW)
        assert known.lists[1].upon == ABOVE
        assert known.lists[1].as_of == min(ABOVE.issued, BELOW.issued)


def test_one_step_and_no_further():
    """A certified root that names a further root: that one's list is a stranger's."""
    far = listed(replace(BELOW, sequence=1), "far-root")
    below = listed(replace(BELOW, keys=(*BELOW.keys, FAR_ROOT)), "berau-root")
    assert reasons([PROVINCE], listed(ABOVE), below, far) == ["root_unknown"]


def test_a_certified_root_speaks_for_its_office_alone():
    assert reasons([PROVINCE], listed(ABOVE), listed(only("kaltim"), "berau-root")) == ["office_foreign"]


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ({}, True),
        ({"revoked_at": NOW, "reason": trust_list.SUPERSEDED}, True),
        ({"revoked_at": BELOW.issued, "reason": trust_list.SUPERSEDED}, False),
        ({"revoked_at": NOW, "reason": trust_list.COMPROMISE}, False),
        ({"not_after": BELOW.issued - 1}, False),
        ({"not_before": BELOW.issued + 1}, False),
    ],
)
def test_a_certified_root_must_have_been_good_when_it_signed(state: dict[str, int], counts: bool):
    above = replace(ABOVE, keys=(key("berau-root", "berau", trust_list.ROOT, **state),))
    assert (reasons([PROVINCE], listed(above), listed(BELOW, "berau-root")) == []) == counts


def test_a_stale_list_above_makes_what_rests_on_it_stale():
    above = replace(ABOVE, next_update=NOW - 1)
    known = build([PROVINCE], [listed(above), listed(BELOW, "berau-root")], [])
    assert known.lists[1].is_stale(NOW)
    assert not replace(known.lists[1], upon=None).is_stale(NOW)


def test_an_older_list_and_another_one_of_the_same_number_are_refused():
    other = replace(LIST, issued=LIST.issued + 1)
    assert supersedes(replace(LIST, sequence=4), LIST)
    assert supersedes(LIST, None)
    assert not supersedes(LIST, LIST)
    with pytest.raises(Refused, match="older"):
        supersedes(replace(LIST, sequence=2), LIST)
    with pytest.raises(Refused, match="sequence_reused"):
        supersedes(other, LIST)
    newer = replace(LIST, sequence=4)
    assert build([PROVINCE], [listed(LIST), listed(newer), listed(LIST), listed(other)], []).lists == (newer,)


def test_two_roots_count_their_own_sequence():
    own = only("kaltim", replace(LIST, sequence=1))
    known = build([OWN, PROVINCE], [listed(own, "kaltim-root"), listed(LIST)], [])
    assert known.lists == (LIST, own), "the list that speaks for every office stands first"


@pytest.mark.parametrize(
    ("by", "content", "reason"),
    [
        ("stranger", REVOKED, "key_unknown"),
        ("letters", REVOKED, "key_not_for_revocations"),
        ("berau-node", REVOKED, "office_foreign"),
        ("lost-node", REVOKED, "key_not_valid_then"),
        ("node", replace(REVOKED, issued=NOW - 301 * DAY), "key_not_valid_then"),
    ],
)
def test_revocations_are_those_of_a_node_key_of_that_office(by: str, content: object, reason: str):
    with pytest.raises(Refused, match=f"^{reason}$"):
        read_revocations(revoked(content, by), [LIST])  # type: ignore[arg-type]


def test_the_newest_revocations_of_each_office_count():
    newer = replace(REVOKED, sequence=13, issued=NOW)
    of_berau = replace(REVOKED, sequence=1, office="berau")
    known = build([PROVINCE], [listed(LIST)], [revoked(newer), revoked(), revoked(of_berau, "berau-node")])
    assert known.revocations == {"kaltim": newer, "berau": of_berau}
    assert known.refused == (Refusal("revocations", 1, "older"),)


def test_a_key_that_one_of_two_lists_revokes_signs_no_revocations():
    lost = key("node", purpose=trust_list.NODE, revoked_at=NOW - 9 * DAY, reason=trust_list.CESSATION)
    own = replace(only("kaltim"), keys=(lost,))
    known = build([OWN, PROVINCE], [listed(own, "kaltim-root"), listed(LIST)], [revoked()])
    assert known.revocations == {}


def test_every_bad_message_is_refused_for_itself():
    roots, lists, revocations = KNOWLEDGE["bad-messages"]
    known = build(roots, lists, revocations)
    assert known.lists == (LIST,)
    assert known.revocations == {"kaltim": REVOKED}
    assert len(known.refused) == len(lists) + len(revocations) - 2


def test_an_office_may_certify_its_next_root():
    above = replace(only("kaltim"), keys=(key("far-root", purpose=trust_list.ROOT),))
    root, _ = certified(above)[0]
    assert root == Root(SIGNERS["far-root"].public, LIST.offices["kaltim"][0], "kaltim")
    below = only("kaltim", replace(LIST, sequence=1))
    assert build([OWN], [listed(above, "kaltim-root"), listed(below, "far-root")], []).lists == (above, below)
