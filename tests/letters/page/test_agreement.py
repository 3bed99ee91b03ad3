"""The browser and the node say the same of every code, to the last word of the JSON."""

import json
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kiosk.letters.trust.judging import judge
from kiosk.letters.trust.knowledge import build
from tests.letters.ground import DAY, NOW
from tests.letters.page.deviations import Given, knowledges, texts

ROOT = Path(__file__).parents[3]
OFFSETS = (0, 0, 0, -DAY, 40 * DAY, 500 * DAY)


def in_the_browser(lines: list[dict[str, Any]]) -> list[Any]:
    """What judging.js answers to each line."""
    command = [
        str(Path(sys.executable).with_name("node")),
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        "--import",
        str(ROOT / "tests/ui/libraries.mjs"),
        str(Path(__file__).with_name("agreement.mjs")),
    ]
    asked = "".join(json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(given: Given) -> dict[str, Any]:
    """As `GET /api/v1/trust` tells it."""
    roots = [{"public": b64encode(root.public).decode(), "name": root.name, "office": root.office} for root in given.roots]
    lists, revoked = ([b64encode(one).decode() for one in messages] for messages in (given.lists, given.revocations))
    return {"name": given.name, "answer": {"roots": roots, "lists": lists, "revocations": revoked}}


def compared(count: int, seed: int) -> Counter[str]:
    """Judge `count` codes on both sides; how many there were of each verdict and reason. Fails at the first difference."""
    chance = Random(seed)
    given = list(knowledges(chance, count // 20))
    known = {one.name: build(one.roots, one.lists, one.revocations) for one in given}
    wanted = [(text, chance.choice(("province", *known)), NOW + chance.choice(OFFSETS)) for text in islice(texts(chance), count)]
    codes = [{"text": text, "name": name, "now": now} for text, name, now in wanted]
    answers = in_the_browser([*map(told, given), *codes])
    seen: Counter[str] = Counter()
    for one, answer in zip(given, answers, strict=False):
        refused = [{"kind": left.kind, "place": left.place, "reason": left.reason} for left in known[one.name].refused]
        assert answer == refused, told(one)
    for (text, name, now), answer in zip(wanted, answers[len(given) :], strict=True):
        judgement = judge(text, known[name], now).as_json()
        assert answer == judgement, (text, name, now)
        seen.update([judgement["verdict"], *judgement["reasons"]])
    return seen


EVERY = (
    "unreadable not_ours altered unknown_issuer revoked expired code_genuine "
    "malformed duplicate_keys trailing_bytes indefinite_length not_deterministic wrong_tag wrong_algorithm "
    "group_too_large missing_field foreign_code signature_wrong address_foreign key_unknown key_newer_than_list "
    "key_not_for_letters key_not_valid_then no_trust_list letter_revoked key_revoked key_compromised letter_expired "
    "trust_stale revocations_stale revocations_missing issued_in_future "
)


def test_browser_and_node_say_the_same_of_2000_codes_and_mutants():
    seen = compared(2_000, seed=6)
    assert [one for one in EVERY.split() if not seen[one]] == [], "each verdict and reason was among them"


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_browser_and_node_say_the_same_of_100000_codes_and_mutants():
    for seed in range(10):
        compared(10_000, seed)
