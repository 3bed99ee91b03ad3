"""A thousand ways to damage a real chain, through the real reader: all are found."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from kiosk.core.audit_findings import SENTENCES
from tests.audit.chain import Damaged, Rows, real_chain
from tests.audit.damage import KINDS, noted_head

MUTATIONS = 1000


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return real_chain(Path(tmp_path_factory.mktemp("chain")))


def test_the_chain_as_it_was_written_is_whole(chain: Rows):
    rows = Damaged.of(chain)
    report = rows.verified(noted_head(rows))
    assert (report.findings, report.count, report.last.epoch) == ([], len(rows.links), 2)
    assert report.count > 50


def test_a_thousand_mutations_are_all_found(chain: Rows):
    whole, missed, found = Damaged.of(chain), [], Counter[str]()
    for number in range(MUTATIONS):
        chance, rows = Random(number), Damaged.of(chain)
        damage = KINDS[number % len(KINDS)]
        while rows == whole:  # what chance left as it was is no mutation
            noted = damage(rows, chance)
        report = rows.verified(noted)
        if report.whole:
            missed.append((number, damage.__name__))
        found.update({finding.code for finding in report.findings})
        assert all(finding.text("id") and finding.text("en") for finding in report.findings)
    assert missed == []
    assert set(SENTENCES) - set(found) == {"office", "order", "line"}, "what only a file can have"
