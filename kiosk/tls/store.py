"""The files: what the node keeps, what the removable folder holds. Each is written whole or not at all, and for its owner alone.

`node.pem` in the node's folder holds everything that is served: private key, certificate, then the certificate that signed it.
One file, so that no power cut leaves a key beside the certificate of another.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kiosk.core.errors import KioskError
from kiosk.core.files import data_folder, own_folder, write_whole
from kiosk.tls.certificates import names
from kiosk.tls.errors import AuthorityMissing, Damaged, FolderMissing, FolderOnNode

NODE_FILE = "node.pem"
KEY_FILE, CERT_FILE = "kiosk-authority.key", "kiosk-authority.crt"


@dataclass(frozen=True)
class Chain:
    """A server's certificate first, then what signed it; `authority` is the office's own, None with a public certificate."""

    certificates: tuple[x509.Certificate, ...]

    @property
    def leaf(self) -> x509.Certificate:
        """The node's own."""
        return self.certificates[0]

    @property
    def authority(self) -> x509.Certificate | None:
        """What tablets are asked to trust."""
        last = self.certificates[-1]
        return last if len(self.certificates) > 1 and last.issuer == last.subject else None

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the certificate is for."""
        return names(self.leaf)


def node_file(data_dir: Path) -> Path:
    """Where the node keeps key and certificate."""
    return data_dir / "tls" / NODE_FILE


def write_node(data_dir: Path, key: PrivateKeyTypes, certificates: tuple[x509.Certificate, ...]) -> None:
    """Keep what the node serves, readable by its owner alone."""
    file = node_file(data_dir)
    own_folder(file.parent)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_whole(file, secret + b"".join(one.public_bytes(Encoding.PEM) for one in certificates))


def read_node(data_dir: Path) -> Chain | None:
    """What the node serves; None before anything was set up. Raises `Damaged`, also when the key is missing or another one."""
    file = node_file(data_dir)
    if not file.exists():
        return None
    chain = Chain(read_certificates(file))
    if read_key(file).public_key() != chain.leaf.public_key():
        raise Damaged(file=file, reason="key and certificate do not belong together")
    return chain


def read_certificates(file: Path) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file in their order. Raises `Damaged` or OSError."""
    try:
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except ValueError:
        raise Damaged(file=file, reason="no whole certificate in PEM") from None


def read_key(file: Path) -> PrivateKeyTypes:
    """The private key of a PEM file without a passphrase. Raises `Damaged` or OSError."""
    try:
        return load_pem_private_key(file.read_bytes(), None)
    except TypeError:
        raise Damaged(file=file, reason="the key has a passphrase; the node needs one without") from None
    except Exception as wrong:  # cryptography names several kinds for keys that it does not know
        if isinstance(wrong, OSError):
            raise
        raise Damaged(file=file, reason="no whole private key in PEM") from None


def removable(folder: Path, data_dir: Path, *, missing: type[KioskError] = FolderMissing, on_node: type[KioskError] = FolderOnNode) -> Path:
    """The folder for a key that must leave the node, resolved.

    Raises `missing` where nothing can be written, `on_node` for the data folder, what is in it and what it is in; both with `folder`.
    """
    place, here = folder.resolve(), data_dir.resolve()
    if place == here or here in place.parents or place in here.parents:
        raise on_node(folder=folder)
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        raise missing(folder=folder)
    return place


def same_disk(folder: Path, data_dir: Path) -> bool:
    """Whether the folder is no removable disk at all."""
    return folder.stat().st_dev == data_folder(data_dir).stat().st_dev


def holds_authority(folder: Path) -> bool:
    """Whether one would be overwritten."""
    return any((folder / name).exists() for name in (KEY_FILE, CERT_FILE))


def read_authority(folder: Path) -> tuple[bytes, x509.Certificate]:
    """Sealed key and certificate of the authority in the folder. Raises `AuthorityMissing` or `Damaged`."""
    missing = [name for name in (KEY_FILE, CERT_FILE) if not (folder / name).is_file()]
    if missing:
        raise AuthorityMissing(folder=folder, files=", ".join(missing))
    return (folder / KEY_FILE).read_bytes(), read_certificates(folder / CERT_FILE)[0]
