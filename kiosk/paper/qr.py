"""QR codes as drawings: ISO/IEC 18004, error correction level M (15 %), with the quiet zone that readers need."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4  # modules on each side (ISO/IEC 18004, 5.3.8)


def path(text: str) -> tuple[int, str]:
    """`text` as a QR code: the side in modules, quiet zone included, and the dark modules as one SVG path of that size.

    Raises `qrcode.exceptions.DataOverflowError` when the text does not fit the largest code.

    >>> path("A")[0]
    29
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return len(rows), "".join(f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in runs(row))


def svg(text: str) -> bytes:
    """`text` as an SVG picture: dark on white, whatever the page's colours, because readers expect that."""
    side, dark = path(text)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )
    return picture.encode()


def runs(row: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    """Where the dark runs of a row begin, and how long they are.

    >>> list(runs([True, True, False, True]))
    [(0, 2), (3, 1)]
    """
    at = 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            yield at, length
        at += length
