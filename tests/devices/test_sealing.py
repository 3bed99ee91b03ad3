"""What a browser seals only this node opens, and only for the entry for which it was sealed."""

import json
import stat
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.devices.errors import SealBroken
from kiosk.devices.sealing import FILE, SealingKeyDamaged, open_sealed, public_text, sealing_key

ROOT = Path(__file__).parents[2]
SEAL = """
import { seal } from "%s/kiosk/ui/seal.js";
const [to, body] = process.argv.slice(1);
process.stdout.write(JSON.stringify(await seal(JSON.parse(body), { id: "an-id", kind: "survey.given", to })));
"""
BODY = {"name": "Siti Aminah, Samarinda", "stars": 4, "text": "terima kasih ✓"}


def seal(to: str) -> dict[str, str]:
    """As a browser does it, by the same WebCrypto."""
    node = Path(sys.executable).parent / "node"
    command = [str(node), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--input-type=module", "-e", SEAL % ROOT, to, json.dumps(BODY)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def pair() -> tuple[X25519PrivateKey, dict[str, str]]:
    key = X25519PrivateKey.generate()
    return key, seal(public_text(key))


def test_what_the_browser_sealed_the_node_opens(pair):
    key, sealed = pair
    assert open_sealed(key, sealed, entry_id="an-id", kind="survey.given") == BODY
    assert "Siti" not in json.dumps(sealed)


@pytest.mark.parametrize(("entry_id", "kind"), [("other", "survey.given"), ("an-id", "ticket.taken")])
def test_it_cannot_be_moved_to_another_entry(pair, entry_id, kind):
    key, sealed = pair
    with pytest.raises(SealBroken):
        open_sealed(key, sealed, entry_id=entry_id, kind=kind)


def test_another_node_opens_nothing(pair):
    with pytest.raises(SealBroken):
        open_sealed(X25519PrivateKey.generate(), pair[1], entry_id="an-id", kind="survey.given")


@pytest.mark.parametrize(
    "sealed",
    [{}, {"key": "", "box": ""}, {"key": "!", "box": "!"}, {"key": b64encode(bytes(32)).decode(), "box": "AAAA"}, {"key": 7, "box": None}],
)
def test_what_is_no_seal_is_refused(sealed):
    with pytest.raises(SealBroken):
        open_sealed(X25519PrivateKey.generate(), sealed, entry_id="i", kind="k")


def test_the_key_is_made_once_and_its_owner_alone_reads_it(tmp_path):
    first = public_text(sealing_key(tmp_path))
    sealing_key.cache_clear()
    assert public_text(sealing_key(tmp_path)) == first
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_damaged_key_is_named_and_not_replaced(tmp_path):
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"nothing", other):
        (tmp_path / FILE).write_bytes(content)
        sealing_key.cache_clear()
        with pytest.raises(SealingKeyDamaged, match=FILE):
            sealing_key(tmp_path)
        assert (tmp_path / FILE).read_bytes() == content
