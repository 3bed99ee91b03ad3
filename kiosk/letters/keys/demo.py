"""The demonstration's root and keys, for offices without any. Everybody knows their passphrase, so nothing here is a secret.

Cheap, because every seed calls it: a public passphrase gains nothing by stretching, so these files are stretched once. That also
marks them: outside of the demonstration neither `open_root` nor `open_key` takes such a file.
"""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from kiosk.core import office
from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.core.files import ANYBODY, own_folder, write_whole
from kiosk.letters.keys import requests, root, shelf
from kiosk.letters.keys.errors import KeyMissing, KeyOutOfTime
from kiosk.letters.keys.files import ROOT_KEY, demo_folder
from kiosk.letters.keys.opening import chosen, open_key
from kiosk.letters.keys.root import OpenRoot
from kiosk.letters.keys.taking import take_in
from kiosk.letters.trust import publishing, service
from kiosk.letters.trust.bundle import Bundle
from kiosk.letters.trust.trust_list import LETTERS, NODE

PASSPHRASE = "demonstrasi"  # noqa: S105 (everybody may know it)
ROUNDS, DAYS = 1, 365
NOTE = "DEMONSTRASI: kunci di folder ini bukan rahasia (frasa sandi: demonstrasi). Jangan dipakai untuk surat sungguhan.\n"
SCOPE_NAME = "{name} (demonstrasi)"


def make(settings: Settings, *, name: str = "", now: datetime | None = None) -> Bundle:
    """Root, one key for letters and one for the node, certificates and trust list below the data folder; what is there stays.

    A key that is over gets a successor. Gives what `take_in` needs. Raises `RuntimeError` outside of the demonstration.
    """
    if not settings.demo:
        raise RuntimeError("keys of the demonstration are made with KIOSK_DEMO alone")
    at, folder = now or utc_now(), own_folder(demo_folder(settings.data_dir))
    called = SCOPE_NAME.format(name=(name or settings.office)[:80])
    if not (folder / ROOT_KEY).exists():
        write_whole(folder / "DEMONSTRASI.txt", NOTE.encode(), mode=ANYBODY)
        root.make(folder, office=settings.office, name=called, passphrase=PASSPHRASE, now=at, rounds=ROUNDS)
    opened = root.open_root(folder, PASSPHRASE, demonstration=True)
    for purpose in (LETTERS, NODE):
        opened = _with_key(settings, opened, purpose, called, at)
    shelf.accept(settings.data_dir, opened.face.certificates, {opened.root.public})
    return opened.face


def _with_key(settings: Settings, opened: OpenRoot, purpose: str, name: str, at: datetime) -> OpenRoot:
    try:
        chosen(settings, purpose, at)
    except (KeyMissing, KeyOutOfTime):
        wanted = shelf.Wanted(shelf.Office(settings.office, name), purpose, DAYS)
        kept, request = shelf.make(settings.data_dir, wanted, PASSPHRASE, at, rounds=ROUNDS)
        file = kept.file.with_suffix(requests.SUFFIX)
        write_whole(file, request)
        return root.certify(opened, requests.read(Path(file)), now=at)
    return opened


def load(session: Session, settings: Settings, at: datetime) -> None:
    """Make the demonstration's keys and let the office trust them, with a first list of revocations; again: nothing new."""
    face = make(settings, name=office.get(session, settings.office).name, now=at)
    service.pin_root(session, office_id=settings.office, root=face.roots[0], at=at, by="demo")
    take_in(session, settings.data_dir, settings.office, face, at, by="demo")
    if publishing.is_due(session, settings.office, at):
        opened = open_key(settings, NODE, PASSPHRASE, now=at)
        publishing.publish_again(session, settings.office, opened.signer, at)
