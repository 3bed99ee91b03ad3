"""A photograph or scan, decoded as shades of grey within bounds.

EXIF is not read: a code says by itself how it is turned, so an orientation changes nothing, and nothing else of it concerns a letter.
"""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from kiosk.letters.checking.errors import Unreadable
from kiosk.letters.checking.kind import Kind, check_size, size_of
from kiosk.letters.checking.limits import MOST_PIXELS

FINE = 13_000_000  # pixels: a sheet of A4 at 380 dpi, or a telephone's photograph
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def grey(data: bytes, kind: Kind) -> Image.Image:
    """The picture in shades of grey (its first frame). Raises `Unreadable`: broken_picture, too_many_pixels."""
    check_size(data, kind)
    try:
        picture = Image.open(BytesIO(data), formats=[kind.upper()])
        if picture.size != size_of(data, kind):
            raise Unreadable("broken_picture")
        picture.draft("L", picture.size)  # JPEG: decoded as grey at once
        return _no_larger(_on_white(picture))
    except MemoryError:
        raise Unreadable("too_many_pixels") from None
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        KeyError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
    ) as fault:
        raise Unreadable("broken_picture") from fault


def _no_larger(picture: Image.Image) -> Image.Image:
    """At half its size when it has far more pixels than a code needs: searching takes memory too."""
    return picture.reduce(2) if picture.width * picture.height > FINE else picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Grey; what is transparent is white, as on paper."""
    if picture.mode in {"RGBA", "LA", "PA"}:
        picture.load()
        picture.paste("white", mask=picture.getchannel("A").point([255 - shade for shade in range(256)]))
    elif "transparency" in picture.info:
        return _on_white(picture.convert("RGBA"))
    return picture.convert("L")
