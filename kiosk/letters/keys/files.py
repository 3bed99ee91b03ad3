"""Where keys lie: the root's folder, which is never on the node, and the folder of the node's own keys. Every file whole or not at all."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from kiosk.core.files import ANYBODY, own_folder, write_whole
from kiosk.letters.keys.errors import Damaged, FolderMissing, FolderOnNode
from kiosk.letters.trust.trust_list import LETTERS, NODE
from kiosk.tls.store import removable

ROOT_KEY, ROOT_FACE, ROOT_REQUEST = "root.p12", "root.trust", "root.request"
DEMO_FOLDER = "demo-root"
SEALED, TOKEN, CERTIFICATE = ".p12", ".token", ".crt"


def root_folder(folder: Path, data_dir: Path) -> Path:
    """The folder of a root, resolved. Raises `FolderMissing`, or `FolderOnNode` for the data folder, what is in it and what it is in."""
    return removable(folder, data_dir, missing=FolderMissing, on_node=FolderOnNode)


def demo_folder(data_dir: Path) -> Path:
    """Where the demonstration keeps its root: the one root that may lie on a node, because it is nobody's."""
    return data_dir / DEMO_FOLDER


def keys_folder(data_dir: Path) -> Path:
    """The folder of the node's keys, made when it is not there, for its owner alone."""
    return own_folder(data_dir / "keys")


class Kept:
    """A key of this node by its file: `letters-0123456789abcdef.p12`, or `.token` for one that lies in a token."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.purpose, _, self.kid = file.stem.partition("-")

    @property
    def in_token(self) -> bool:
        """Whether the file only says where the key is."""
        return self.file.suffix == TOKEN

    @property
    def certificate_file(self) -> Path:
        """Where its certificate belongs."""
        return self.file.with_suffix(CERTIFICATE)

    def certificate(self) -> x509.Certificate | None:
        """Its certificate; None as long as the root did not answer. Raises `Damaged`."""
        return read_certificate(self.certificate_file) if self.certificate_file.exists() else None


def kept(data_dir: Path) -> list[Kept]:
    """Every key of this node, certified or not, by name."""
    files = (data_dir / "keys").glob("*-*")
    return sorted(
        (Kept(one) for one in files if one.suffix in {SEALED, TOKEN} and one.stem.partition("-")[0] in {LETTERS, NODE}),
        key=lambda one: one.file.name,
    )


def authorities(data_dir: Path) -> list[x509.Certificate]:
    """Certificates of the roots that certified keys of this node, or certified those roots. Raises `Damaged`."""
    return [read_certificate(one) for one in sorted((data_dir / "keys").glob(f"authority-*{CERTIFICATE}"))]


def read_certificate(file: Path) -> x509.Certificate:
    """Raises `Damaged` or OSError."""
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except ValueError:
        raise Damaged(file=file, reason="no certificate in PEM") from None


def write_certificate(file: Path, certificate: x509.Certificate) -> None:
    """As PEM, for everybody to read."""
    write_whole(file, certificate.public_bytes(Encoding.PEM), mode=ANYBODY)
