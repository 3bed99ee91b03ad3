"""Clips, their names, and how long texts are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech import clips
from kiosk.speech.clips import LONGEST, NAME, PIECE, Clip, pieces, sentences


def test_a_name_follows_language_text_and_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {Clip("id", "Loket 1").name, Clip("en", "Loket 1").name, Clip("id", "Loket 2").name}
    monkeypatch.setattr(clips, "ENGINE", "another voice")
    names.add(Clip("id", "Loket 1").name)
    assert len(names) == 4
    assert all(NAME.fullmatch(name) for name in names)


def test_a_clip_is_at_most_a_thousand_characters() -> None:
    Clip("id", "a" * LONGEST)
    with pytest.raises(ValueError, match="1000"):
        Clip("id", "a" * (LONGEST + 1))
    with pytest.raises(ValueError, match="language"):
        Clip("jv", "sugeng rawuh")  # type: ignore[arg-type]


@given(st.text(st.sampled_from("ab .!?\n"), max_size=3000), st.integers(1, PIECE))
def test_a_long_text_is_cut_without_losing_a_letter(text: str, size: int) -> None:
    parts = pieces(text, size)
    assert all(0 < len(part) <= size for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_text_is_cut_at_the_ends_of_its_sentences() -> None:
    text = "Isi formulir dengan lengkap. " * 40
    parts = [clip.text for clip in sentences("id", text)]
    assert len(parts) > 1
    assert all(part.endswith("lengkap.") for part in parts)
