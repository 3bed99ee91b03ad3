"""A letter by its number and the check code that is printed on it."""

import pytest
from sqlmodel import Session, select

from kiosk.letters.checking import numbers
from kiosk.letters.register import service
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.trust import publishing
from kiosk.letters.trust import service as trust
from kiosk.letters.trust.judging import Judgement
from tests.letters.checking.office import Office, office


def asked(issuer: Office, number: str, code: str, now: int | None = None) -> Judgement:
    words = {"office_id": "kaltim", "number": number, "check_code": code, "knowledge": issuer.knowledge, "now": now or issuer.now}
    return issuer.registry.see(numbers.check, **words)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office of this file's own: one letter of it is revoked."""
    return office(tmp_path_factory.mktemp("numbers"))


def test_number_and_check_code_give_what_the_register_says_with_the_name_masked(own: Office) -> None:
    told = asked(own, own.record["number"], own.record["foot"]["check_code"]).as_json()
    assert (told["scope"], told["verdict"], told["reasons"]) == ("register", "registered", [])
    assert told["fields"]["number"] == own.record["number"]
    assert told["fields"]["name"] != "Siti Rahmah"
    assert "Rahmah" not in told["fields"]["name"]
    assert told["issuer"]


def test_typed_in_small_letters_without_blanks_it_is_the_same(own: Office) -> None:
    code = own.record["foot"]["check_code"].replace(" ", "").lower()
    assert asked(own, f" {own.record['number']} ", code).verdict == "registered"


def test_an_unknown_number_and_a_wrong_code_are_answered_alike(own: Office) -> None:
    code = own.record["foot"]["check_code"]
    wrong = [
        asked(own, "503/9999/DPMPTSP/XI/2026", code),
        asked(own, own.record["number"], "0000 0000 0000"),
        asked(own, "", ""),
        asked(own, "\0", "x"),
    ]
    assert {one.as_json()["reasons"][0] for one in wrong} == {"number_unknown"}
    assert len({str(one.as_json()) for one in wrong}) == 1


def test_an_expired_letter_is_expired(own: Office) -> None:
    found = asked(own, own.record["number"], own.record["foot"]["check_code"], own.now + 2 * 365 * 86_400)
    assert (found.verdict, found.reasons) == ("expired", ("letter_expired",))


def test_a_revoked_letter_is_revoked_with_reason_and_date(own: Office) -> None:
    words = {"office_id": "kaltim", "number": own.record["number"], "reason": 1, "successor": "", "actor": "cli", "now": own.registry.now}
    own.registry.do(service.revoke, **words, signer=None)
    told = asked(own, own.record["number"], own.record["foot"]["check_code"]).as_json()
    assert told["verdict"] == "revoked"
    assert told["revoked"] == {"at": own.registry.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "reason": 1}


def test_a_register_restored_from_an_older_copy_does_not_make_a_revoked_letter_good_again(own: Office) -> None:
    """Follows the test above: the letter is revoked; its list was published before the copy came back."""
    own.registry.do(publishing.publish_again, "kaltim", own.registry.key("node").signer, own.registry.now)
    own.registry.do(_forget)
    own.knowledge = own.registry.see(trust.knowledge_of, "kaltim")
    told = asked(own, own.record["number"], own.record["foot"]["check_code"]).as_json()
    assert (told["verdict"], told["reasons"]) == ("revoked", ["letter_revoked"])
    assert told["revoked"] == {"at": own.registry.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "reason": 1}


def _forget(session: Session) -> None:
    row = session.exec(select(RegisterEntry)).one()
    row.state, row.revoked_at, row.reason = "issued", "", None
