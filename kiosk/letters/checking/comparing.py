"""A sealed PDF beside a fresh drawing of its record: the same words, and pages that look alike.

The signature says already that no byte changed; this says that what was signed is what the record says, whoever signed it.

Words must be the same, sign for sign; blanks and line ends may differ, for another version of the drawing library may set them otherwise.
Pictures may differ a little: at 100 dpi the means of cells of 1 mm are compared. A cell may differ by a fifth of the way from black to
white, which smoothed edges and a shift of a tenth of a millimetre stay below, and another digit in a text of 10 points does not.
"""

from PIL import Image, ImageChops

from kiosk.letters.checking.sheets import Sheets

DPI, CELL = 100, 4  # four pixels are 1.02 mm
MOST_DIFFERENCE = 51  # of 255


def differences(given: Sheets, fresh: Sheets) -> list[str]:
    """Reasons why `given` is not as `fresh` is: text_differs, picture_differs; empty when it is."""
    found = []
    if given.texts() != fresh.texts():
        found.append("text_differs")
    if given.count != fresh.count or not all(alike(given.picture(n, DPI), fresh.picture(n, DPI)) for n in range(fresh.count)):
        found.append("picture_differs")
    return found


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two grey pictures show the same page."""
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one.reduce(CELL), other.reduce(CELL))
    return int(difference.getextrema()[1]) <= MOST_DIFFERENCE  # type: ignore[arg-type]
