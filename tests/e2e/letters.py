"""Letters for the browser tests: an office with the demonstration's keys, codes that it signed, and pictures of them."""

import io
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import qrcode
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.letters.keys import demo
from kiosk.letters.keys.opening import open_key
from kiosk.letters.qr import aad, claims, sign1, symbol, text
from kiosk.letters.qr.signer import LocalSigner, Signer
from kiosk.letters.trust import publishing
from kiosk.letters.trust.trust_list import LETTERS, NODE
from kiosk.paper.qr import QUIET_ZONE
from tests.support import Node

HOST = "cek.dpmptsp.kaltimprov.go.id"
NUMBER, NAME, SERVICE = "503/0142/DPMPTSP-III/2026", "CV Contoh Pameran Mahakam", "kaltim-rekomendasi-penyelenggara-pameran"
REVOKED_SERIAL = 7
FILM = (640, 480)


@dataclass
class Letters:
    """What the office of a node signs. A letter with the serial `REVOKED_SERIAL` is revoked."""

    signer: Signer

    def code(
        self, *, number: str = NUMBER, name: str = NAME, serial: int = 1, issued: datetime | None = None, expires: datetime | None = None
    ) -> str:
        """The text of a letter's code."""
        issued_at = int((issued or utc_now() - timedelta(minutes=5)).timestamp())
        expires_at = None if expires is None else int(expires.timestamp())
        said = claims.Claims(number, name, SERVICE, bytes(16), serial, issued_at, expires_at)
        return text.to_text(HOST, sign1.make(claims.encode(said), self.signer, aad.LETTER))

    def revoked(self) -> str:
        return self.code(serial=REVOKED_SERIAL)

    def expired(self) -> str:
        return self.code(issued=utc_now() - timedelta(minutes=9), expires=utc_now() - timedelta(minutes=2))

    def altered(self) -> str:
        """Another name under the same signature."""
        scanned = text.from_text(self.code())
        return text.to_text(HOST, scanned.message.replace(NAME.encode(), NAME.replace("CV", "PT").encode()))

    @staticmethod
    def unknown() -> str:
        """Signed by a key that no list names."""
        return Letters(LocalSigner(ec.generate_private_key(ec.SECP256R1()))).code()


def establish(node: Node) -> Letters:
    """Give the office of `node` the demonstration's keys and a first list of revocations; before it starts, or while it runs."""
    settings = Settings(data_dir=node.data, office=node.office, demo=True)  # type: ignore[call-arg]
    short.write(settings, lambda session: demo.load(session, settings, utc_now()))
    of_node = open_key(settings, NODE, demo.PASSPHRASE, now=utc_now()).signer
    revoked = {REVOKED_SERIAL: (int(datetime(2026, 11, 20, tzinfo=UTC).timestamp()), 2)}
    short.write(settings, lambda session: publishing.publish_revocations(session, node.office, of_node, revoked, utc_now()))
    return Letters(open_key(settings, LETTERS, demo.PASSPHRASE, now=utc_now()).signer)


def drawn(said: str, pixels: int = 6) -> Image.Image:
    """The code as letters print it, with its quiet zone; of any other text as anybody draws it."""
    edge = QUIET_ZONE
    if "/V#" in said:
        rows = symbol.matrix(said)
    else:
        foreign = qrcode.QRCode(border=0)
        foreign.add_data(said)
        rows = foreign.get_matrix()
    size = len(rows) + 2 * edge
    picture = Image.new("L", (size, size), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + edge, y + edge), 0)
    return picture.resize((size * pixels, size * pixels), Image.Resampling.NEAREST)


def on_paper(said: str, pixels: int = 3) -> Image.Image:
    """A letter of which the code is one corner."""
    code = drawn(said, pixels)
    page = Image.new("L", (code.width * 3, code.height * 4), 250)
    lines = ImageDraw.Draw(page)
    for y in range(code.height // 3, page.height - code.height - 40, 26):
        lines.rectangle((60, y, page.width - 60 - (y * 7) % 200, y + 9), fill=70)
    page.paste(code, (page.width - code.width - 40, page.height - code.height - 40))
    return page


def jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def seen(said: str, how: str, *, size: tuple[int, int] = FILM, place: int = 0) -> Image.Image:
    """What a camera sees of the code: near, far, tilted or dim; `place` moves the hand that holds it."""
    width, height = size
    share = {"near": 0.92, "far": 0.5, "tilted": 0.63, "dim": 0.8}[how]
    side = int(height * share)
    code = drawn(said).resize((side, side), Image.Resampling.LANCZOS).convert("L")
    scene = Image.new("L", size, 120)
    if how == "tilted":
        code = ImageOps.expand(code.rotate(17, expand=True, fillcolor=120, resample=Image.Resampling.BICUBIC), 30, 120)
        leant = (1.0, 0.03, -10.0, 0.01, 1.0, -5.0, 0.0003, 0.00015)
        code = code.transform(code.size, Image.Transform.PERSPECTIVE, leant, Image.Resampling.BICUBIC, fillcolor=120)
    shake = random.Random(place)  # a hand that trembles
    scene.paste(code, ((width - code.width) // 2 + shake.randint(-4, 4), (height - code.height) // 2 + shake.randint(-4, 4)))
    if how == "dim":
        noise = Image.effect_noise(size, 12)
        scene = Image.blend(scene.point(lambda grey: 20 + grey * 0.28), noise, 0.12)
    return scene.filter(ImageFilter.GaussianBlur(0.5))


def film(said: str, how: str, file: Path, *, size: tuple[int, int] = FILM, frames: int = 12) -> Path:
    """A film of the code for Chromium's fake camera: Motion JPEG, one picture after the other."""
    file.write_bytes(b"".join(jpeg(seen(said, how, size=size, place=place)) for place in range(frames)))
    return file
