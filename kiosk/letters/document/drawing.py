"""Draws a letter from its record alone: the same record and code give the same bytes, here and at any other office."""

from typing import Any


def draw(record: dict[str, Any], qr_text: str | None) -> bytes:
    """The letter as PDF with its record attached; without `qr_text` a preview, marked as such."""
    raise NotImplementedError


def expected_text(record: dict[str, Any]) -> list[list[str]]:
    """The words that each page shows, in the order in which they are drawn."""
    raise NotImplementedError
