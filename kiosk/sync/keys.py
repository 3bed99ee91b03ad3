"""The node's own key: it signs what goes to the centre, and the head that devices keep as a proof."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from kiosk.core.errors import StartError
from kiosk.core.files import data_folder, write_whole
from kiosk.core.i18n import N_

FILE = "node-key.pem"


class NodeKeyDamaged(StartError):
    """The file of the node's key is not one."""

    code = "SYNC-0500"
    sentence = N_("The node's key in {file} cannot be read. Restore the file from a backup, or move it away and enrol this computer anew.")


def node_key(data_dir: Path) -> Ed25519PrivateKey:
    """The node's key (Ed25519, PKCS#8 in `node-key.pem`, readable by its owner alone); made when there is none yet.

    Raises `NodeKeyDamaged`. A copy of the data folder is a copy of the key: two nodes with one are found out by the centre.
    """
    return kept_key(data_dir / FILE, damaged=NodeKeyDamaged)


def kept_key(path: Path, *, damaged: type[StartError]) -> Ed25519PrivateKey:
    """The key in the file `path`, made when there is no such file. Raises `damaged` (with `file`) when the file holds none."""
    if not path.exists():
        data_folder(path.parent)
        write_whole(path, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise damaged(file=path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise damaged(file=path)
    return key


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, 32 bytes as hex."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
