"""Deterministic CBOR (RFC 8949, 4.2.1), the small part of it that letters use, read strictly.

Integers of 64 bits, byte strings, text, arrays, maps, null, true, false; one tag, outermost, when the caller asks for it. Whatever
`decode` takes is byte for byte what `encode` makes of the value, so two different messages never read alike.
"""

from typing import Any

from kiosk.letters.qr.errors import NotCbor

DEPTH = 8  # arrays and maps within each other; a trust list has 4
MOST_ITEMS = 200_000  # an empty array is one byte on the wire and 64 in memory
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_CONSTANTS = {20: False, 21: True, 22: None}
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
_LEAST = {24: 24, 25: 1 << 8, 26: 1 << 16, 27: 1 << 32}  # below it a shorter head would do


def encode(value: Any, tag: int | None = None) -> bytes:
    """The one encoding of `value`; with `tag` as that tag's content.

    Raises TypeError for a value outside of the subset, OverflowError for an integer of more than 64 bits.

    >>> encode({4: b"k", 1: -7}).hex(), encode([], tag=18).hex()
    ('a2012604416b', 'd280')
    """
    parts: list[bytes] = [] if tag is None else [_head(_TAG, tag)]
    _write(value, parts)
    return b"".join(parts)


def decode(data: bytes, tag: int | None = None) -> Any:
    """The value in `data`, all of it; with `tag` it must be that tag's content.

    Lists, dicts (keys: int, bytes or str), int, bytes, str, bool, None. Raises `NotCbor` with the first fault from the left: malformed,
    indefinite_length, not_deterministic, duplicate_keys, wrong_tag, trailing_bytes, too_large (more than MOST_ITEMS items).

    >>> decode(bytes.fromhex("a2012604416b"))
    {1: -7, 4: b'k'}
    """
    reader = _Reader(data)
    if tag is not None and reader.head() != (_TAG, tag):
        raise NotCbor("wrong_tag")
    value = reader.item(DEPTH)
    if reader.at != len(data):
        raise NotCbor("trailing_bytes")
    return value


def _head(major: int, number: int) -> bytes:
    """Major type and argument in the fewest bytes."""
    if number < 24:
        return bytes([major << 5 | number])
    for info, width in _WIDTHS.items():
        if number < 1 << 8 * width:
            return bytes([major << 5 | info]) + number.to_bytes(width, "big")
    raise OverflowError("CBOR: an integer of more than 64 bits")


def _write(value: Any, parts: list[bytes]) -> None:
    match value:
        case None | False | True:
            parts.append(bytes([_SIMPLE << 5 | {False: 20, True: 21, None: 22}[value]]))
        case int():
            parts.append(_head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value))
        case bytes():
            parts += (_head(_BYTES, len(value)), value)
        case str():
            text = value.encode()
            parts += (_head(_TEXT, len(text)), text)
        case list() | tuple():
            parts.append(_head(_ARRAY, len(value)))
            for item in value:
                _write(item, parts)
        case dict():
            parts.append(_head(_MAP, len(value)))
            for key, item in sorted((encode(key), item) for key, item in value.items()):
                parts.append(key)
                _write(item, parts)
        case _:
            raise TypeError(f"CBOR: no {type(value).__name__} here")


class _Reader:
    """Walks once over the bytes; nothing is allocated for a length that the bytes do not hold."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at, self.items = data, 0, 0

    def head(self) -> tuple[int, int]:
        """Major type and argument (of major type 7 the number of the simple value)."""
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if info == 31:
            raise NotCbor("indefinite_length")
        if info > 27 or major == _SIMPLE:  # 28 to 30 are reserved; longer simple values and floats are not of the subset
            raise NotCbor("malformed")
        number = int.from_bytes(self.take(_WIDTHS[info]), "big")
        if number < _LEAST[info]:
            raise NotCbor("not_deterministic")
        return major, number

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        end = self.at + count
        if end > len(self.data):
            raise NotCbor("malformed")
        part = self.data[self.at : end]
        self.at = end
        return part

    def item(self, depth: int) -> Any:
        """The next item, in which `depth` more arrays and maps may lie within each other."""
        self.items += 1
        if self.items > MOST_ITEMS:
            raise NotCbor("too_large")
        major, number = self.head()
        if major in (_UNSIGNED, _NEGATIVE):
            return number if major == _UNSIGNED else -1 - number
        if major in (_BYTES, _TEXT):
            return self.take(number) if major == _BYTES else self.text(number)
        if major in (_ARRAY, _MAP):
            return self.container(major, number, depth)
        if major == _TAG:
            raise NotCbor("wrong_tag")
        if number not in _CONSTANTS:
            raise NotCbor("malformed")
        return _CONSTANTS[number]

    def container(self, major: int, count: int, depth: int) -> Any:
        """An array or a map of `count` entries, unless too many lie within each other or the bytes cannot hold so many."""
        if not depth or count > len(self.data) - self.at:
            raise NotCbor("malformed")
        return [self.item(depth - 1) for _ in range(count)] if major == _ARRAY else self.map(count, depth - 1)

    def text(self, count: int) -> str:
        """Text in valid UTF-8 (no surrogates, no overlong forms)."""
        try:
            return self.take(count).decode()
        except UnicodeDecodeError:
            raise NotCbor("malformed") from None

    def map(self, count: int, depth: int) -> dict[Any, Any]:
        """A map whose keys rise, byte by byte, in their encoding."""
        found: dict[Any, Any] = {}
        before = b""
        for _ in range(count):
            start = self.at
            key = self.item(0)
            if not isinstance(key, int | bytes | str) or isinstance(key, bool):
                raise NotCbor("malformed")
            if key in found:
                raise NotCbor("duplicate_keys")
            spelt = self.data[start : self.at]
            if spelt < before:
                raise NotCbor("not_deterministic")
            before = spelt
            found[key] = self.item(depth)
        return found
