"""Keys for the tests: a root, and a key below it, opened as the node opens its own."""

from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from kiosk.letters.keys import certificates
from kiosk.letters.keys.opening import OpenedKey
from kiosk.letters.qr.signer import LocalSigner

MADE = datetime(2026, 11, 1, tzinfo=UTC)
OFFICE = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"


@cache
def opened(name: str = OFFICE) -> OpenedKey:
    """A key for letters of the office `name`; always the same within a run."""
    root_key, key = certificates.new_key(), certificates.new_key()
    root = certificates.authority(root_key, name=name, all_offices=False, now=MADE)
    signer = LocalSigner(key)
    until = MADE + timedelta(days=36_500)  # some tests sign by the clock of the machine
    leaf = certificates.leaf(root_key, root, signer.public, name=name, purpose="letters", kid=signer.kid, now=MADE, until=until)
    der, above = leaf.public_bytes(Encoding.DER), root.public_bytes(Encoding.DER)

    def made() -> SimpleSigner:
        secret = asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        store = SimpleCertificateStore.from_certs([asn1_x509.Certificate.load(above)])
        return SimpleSigner(asn1_x509.Certificate.load(der), secret, store)

    return OpenedKey(signer, der, [above], made)
