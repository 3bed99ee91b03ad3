"""The golden vectors are what the script makes of today's code, and they show every reason."""

import json
import re

import pytest

from kiosk.core.i18n import PACKAGE
from kiosk.letters.trust.judging import judge
from kiosk.letters.trust.knowledge import Knowledge, Root, build
from tests.letters.make_vectors import FILE, spelt, stages

VECTORS = json.loads(FILE.read_text())
CASES = VECTORS["cases"]


def _known(name: str) -> Knowledge:
    given = VECTORS["knowledge"][name]
    roots = [Root(bytes.fromhex(root["public"]), root["name"], root["office"]) for root in given["roots"]]
    lists, revocations = ([bytes.fromhex(message) for message in given[kind]] for kind in ("lists", "revocations"))
    return build(roots, lists, revocations)


KNOWN = {name: _known(name) for name in VECTORS["knowledge"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_stage_says_what_the_vector_says(case: dict):
    known = KNOWN[case["knowledge"]]
    assert {**stages(case["text"], known), "judgement": judge(case["text"], known, case["now"]).as_json()} == case["stages"]


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_refused_is_what_the_vector_says(name: str):
    refused = [{"kind": one.kind, "place": one.place, "reason": one.reason} for one in KNOWN[name].refused]
    assert refused == VECTORS["knowledge"][name]["refused"]


def test_the_file_is_what_the_script_writes():
    assert FILE.read_text() == spelt()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_group_shows_what_its_name_says(case: dict):
    group, said = case["id"].split("/")[0], case["stages"]
    if group in {"text", "cbor", "cose", "claims"}:
        assert said["judgement"]["verdict"] in {"unreadable", "not_ours"}
        assert said["judgement"]["reasons"] == [reason for reason in list(said.values())[:5] if reason not in {"ok", None}]
    else:
        assert (said["signature"] == "ok") == (group in {"good", "judgement"}) or case["id"].split("/")[1] in {
            "own-root-other",
            "two-steps",
        }
        assert (said["judgement"]["verdict"] == "code_genuine") == (group == "good") or case["id"] == "judgement/revoked-elsewhere"


def test_every_reason_of_a_code_has_a_vector():
    """The reasons that stand in the code of the two rooms are all shown by a case, or by a message that was refused."""
    text = "".join(path.read_text() for room in ("qr", "trust") for path in (PACKAGE / "letters" / room).glob("*.py"))
    raised = set(re.findall(r'(?:Malformed|NotCbor|Refused)\(\s*"(\w+)"', text)) | set(re.findall(r'with_reasons\([^()]*?"(\w+)"\)', text))
    shown = {reason for case in CASES for reason in case["stages"]["judgement"]["reasons"]}
    shown |= {one["reason"] for known in VECTORS["knowledge"].values() for one in known["refused"]}
    assert len(raised) > 20
    assert raised - shown == set()
