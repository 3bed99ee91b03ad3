"""The code of a checklist: what was written is read, in both languages of the program; anything else is refused in words."""

import json
import shutil
import string
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checklist.errors import CodeBroken, CodeForeign, CodeLong
from kiosk.checklist.rules import LONGEST, Code, decode, encode, fits
from kiosk.core.errors import KioskError

SIGNS = string.ascii_lowercase + string.digits
NAMES = st.lists(st.text(SIGNS, min_size=1, max_size=8), min_size=1, max_size=8).map("-".join)
CODES = st.builds(
    Code,
    NAMES,
    st.text("0123456789abcdef", min_size=12, max_size=12),
    st.uuids().map(str),
    st.text("hmux", min_size=1, max_size=60),
)
GOOD = Code("izin-pameran", "0123456789ab", "0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "hmuxh")


@given(CODES)
def test_what_was_written_is_read_again_also_with_capitals_locked(code: Code):
    address = f"http://kios.lan:8000/checklist#{encode(code)}"
    assert decode(address) == decode(encode(code)) == decode(f"  {address.upper()}\r\n") == code


@given(st.text(max_size=700))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str):
    said = []
    for scanned in (text, f"1.{text}", f"http://kios.lan/checklist#1.{text}"):
        try:
            decode(scanned)
        except KioskError as refused:
            said.append((refused.code, refused.text("id") != refused.text("en")))
    assert all(code.startswith("CHECKLIST-04") and translated for code, translated in said)


@given(CODES, st.data())
def test_one_sign_that_is_wrong_missing_or_too_much_is_noticed(code: Code, data: st.DataObject):
    good = encode(code)
    place = data.draw(st.integers(0, len(good) - 1))
    sign = data.draw(st.sampled_from(SIGNS + ".-"))
    for bad in (good[:place] + sign + good[place + 1 :], good[:place] + good[place + 1 :], good[:place] + sign + good[place:]):
        if bad != good:
            with pytest.raises((CodeBroken, CodeForeign)):
                decode(bad)


@pytest.mark.parametrize(
    "scanned", ["", "A-017", "http://kios.lan/tiket?id=0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "2.x", "#", "https://evil.example/#"]
)
def test_something_else_is_not_a_checklist(scanned: str):
    with pytest.raises(CodeForeign):
        decode(scanned)


def test_too_long_a_text_is_not_looked_at():
    with pytest.raises(CodeLong):
        decode("1." + "h" * LONGEST)


@pytest.mark.parametrize("cut", [1, 5, 20, 40])
def test_a_code_that_was_read_halfway_is_broken(cut: int):
    with pytest.raises(CodeBroken):
        decode(encode(GOOD)[:-cut])


def test_an_older_list_or_another_count_does_not_fit():
    conditional = [False, False, False, True, False]
    assert fits(GOOD, "0123456789ab" + "0" * 52, conditional)
    assert not fits(GOOD, "0123456789ac" + "0" * 52, conditional)
    assert not fits(GOOD, "0123456789ab", [*conditional, False])
    assert not fits(GOOD, "0123456789ab", [False] * 5), "what always applies cannot be left out"


def test_the_browser_writes_and_reads_the_same_code():
    """The same codes go through code.js."""
    codes = [GOOD, Code("a", "f" * 12, str(UUID(int=0)), "x"), Code("a-1-b", "0" * 12, str(UUID(int=2**128 - 1)), "hmux" * 15)]
    node = Path(sys.executable).with_name("node")
    module = Path(__file__).parents[2] / "kiosk/checklist/code.js"
    script = f"""
      import {{ decode, encode }} from {json.dumps(module.as_uri())};
      const codes = JSON.parse(process.argv[1]);
      const bad = JSON.parse(process.argv[2]);
      const read = codes.map((one) => decode(encode(one)).code);
      const faults = bad.map((one) => decode(one).fault);
      console.log(JSON.stringify({{ written: codes.map(encode), read, faults }}));
    """
    bad = ["", "http://x/", "1.", encode(GOOD)[:-3], "1." + "h" * LONGEST, encode(GOOD).replace("hmuxh", "hmhxh")]
    given_codes = json.dumps([vars(one) for one in codes])
    command = [
        str(node) if node.exists() else shutil.which("node") or "node",
        "--input-type=module",
        "-e",
        script,
        given_codes,
        json.dumps(bad),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert said["written"] == [encode(one) for one in codes]
    assert [Code(**one) for one in said["read"]] == codes
    assert said["faults"] == ["foreign", "foreign", "broken", "broken", "long", "broken"]
