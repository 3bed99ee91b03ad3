"""A sealed PDF beside a fresh drawing of its record: the same words, and pages that look alike.

The signature says already that no byte changed; this says that what was signed is what the record says, whoever signed it.

Words must be the same, sign for sign; blanks and line ends may differ, for another version of the drawing library may set them otherwise.
Pictures may differ by how edges are smoothed, which another version of pdfium does otherwise: at 100 dpi, in no cell of 1 mm may the mean
differ by more than 20 of 255. Measured on our letters: smoothing 12, another letter in 11 points 24 (an f for a t) to 83, another digit
59 to 134. Both pictures come from one program on one machine, so nothing is allowed for scanning or for a shift. What is thinner than that
(an i that became an l: 11) is for the words to find.
"""

from PIL import Image, ImageChops

from kiosk.letters.checking.sheets import Sheets

DPI, CELL = 100, 4  # four pixels are 1.02 mm
MOST_DIFFERENCE = 20  # of 255


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
    return not any(difference.histogram()[MOST_DIFFERENCE + 1 :])
