"""Keys at rest: as slow to guess as the file promises, for their owner alone, refused when weak, damaged or out of time."""

import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import pkcs12
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.config import Settings
from kiosk.letters.keys import demo, opening, passphrases, sealed
from kiosk.letters.keys.errors import Damaged, KeyMissing, KeyOutOfTime, NoPassphrase, WeakFile, WeakPassphrase, WrongPassphrase
from tests.letters.keys.machines import NOW, WORDS

KEY = ec.generate_private_key(ec.SECP256R1())
STRONG = sealed.seal(KEY, WORDS)
CHEAP = sealed.seal(KEY, WORDS, rounds=1)


def test_key_and_mac_are_stretched_600_000_times_says_openssl(tmp_path: Path):
    file = tmp_path / "key.p12"
    file.write_bytes(STRONG)
    told = subprocess.run(["openssl", "pkcs12", "-info", "-noout", "-in", file, "-passin", f"pass:{WORDS}"], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "MAC: sha256, Iteration 600000" in told.stderr
    assert "PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256" in told.stderr


def test_key_and_mac_are_stretched_600_000_times_says_asn1crypto():
    pfx = pkcs12.Pfx.load(STRONG)
    assert pfx["mac_data"]["iterations"].native == 600_000
    (safe,) = pfx.authenticated_safe
    (bag,) = pkcs12.SafeContents.load(safe["content"].native)
    how = bag["bag_value"]["encryption_algorithm"]
    assert (how.kdf_iterations, how.kdf, how.kdf_hmac, how.encryption_cipher) == (600_000, "pbkdf2", "sha256", "aes")
    assert how.key_length == 32


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_passphrase_opens_what_it_closed(words: str):
    assert sealed.unseal(sealed.seal(KEY, words, rounds=1), words, file="f").private_numbers() == KEY.private_numbers()


@given(st.integers(0, len(CHEAP) - 1), st.integers(1, 255))
@settings(max_examples=60, deadline=None)
def test_a_changed_file_is_refused_with_a_sentence(place: int, change: int):
    changed = bytearray(CHEAP)
    changed[place] ^= change
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "WRONG_S", 0)
        try:
            assert sealed.unseal(bytes(changed), WORDS, file="f").private_numbers() == KEY.private_numbers()
        except (Damaged, WrongPassphrase):
            return


@pytest.mark.parametrize("content", [b"", b"\x30\x00", b"-----BEGIN", CHEAP[:-1], CHEAP + b"\0"])
def test_what_is_no_key_is_called_damaged(content: bytes):
    with pytest.raises(Damaged):
        sealed.rounds_of(content, file="f")


def test_a_file_cannot_keep_the_machine_busy_for_hours():
    pfx = pkcs12.Pfx.load(CHEAP)
    pfx["mac_data"]["iterations"] = 2**31 - 1
    with pytest.raises(Damaged):
        sealed.unseal(pfx.dump(force=True), WORDS, file="f")


def test_a_wrong_passphrase_is_slow_and_says_so():
    begin = time.monotonic()
    with pytest.raises(WrongPassphrase) as refused:
        sealed.unseal(STRONG, WORDS + "!", file="letters-1.p12")
    assert time.monotonic() - begin >= sealed.WRONG_S
    assert refused.value.code == "KEY-0401"
    assert "letters-1.p12" in str(refused.value)


def test_modes(tmp_path: Path):
    here = Settings(data_dir=tmp_path, demo=True)
    demo.make(here, now=NOW)
    folder = tmp_path / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in folder.glob("*.p12")} == {0o600}
    assert (tmp_path / "demo-root" / "root.p12").stat().st_mode & 0o777 == 0o600


class TestOpening:
    @pytest.fixture
    def here(self, tmp_path: Path) -> Settings:
        here = Settings(data_dir=tmp_path, demo=True)
        demo.make(here, now=NOW)
        return here

    def test_a_key_signs_from_its_first_to_its_last_day(self, here: Settings):
        for day in (0, 364):
            assert opening.open_key(here, "letters", demo.PASSPHRASE, now=NOW + timedelta(days=day)).certificate
        for day in (-1, 366):
            with pytest.raises(KeyOutOfTime) as refused:
                opening.open_key(here, "letters", demo.PASSPHRASE, now=NOW + timedelta(days=day))
            assert refused.value.code == "KEY-0410"

    def test_each_purpose_has_its_own_key(self, here: Settings):
        letters, node = (opening.open_key(here, purpose, demo.PASSPHRASE, now=NOW) for purpose in ("letters", "node"))
        assert letters.signer.kid != node.signer.kid

    def test_a_key_of_the_demonstration_is_nothing_in_earnest(self, here: Settings):
        with pytest.raises(WeakFile) as refused:
            opening.open_key(here.model_copy(update={"demo": False}), "letters", demo.PASSPHRASE, now=NOW)
        assert refused.value.code == "KEY-0426"

    def test_a_key_without_the_roots_answer_is_none(self, here: Settings):
        for one in (here.data_dir / "keys").glob("letters-*.crt"):
            one.unlink()
        with pytest.raises(KeyMissing):
            opening.open_key(here, "letters", demo.PASSPHRASE, now=NOW)

    def test_a_certificate_of_another_key_is_found_out(self, here: Settings):
        (letters,) = (here.data_dir / "keys").glob("letters-*.crt")
        (node,) = (here.data_dir / "keys").glob("node-*.crt")
        letters.write_bytes(node.read_bytes())
        with pytest.raises(Damaged):
            opening.open_key(here, "letters", demo.PASSPHRASE, now=NOW)


class TestPassphrases:
    def test_a_file_goes_before_the_environment(self, tmp_path: Path):
        (tmp_path / "one").write_text("dari berkas\n")
        told = {"KIOSK_KEY_PASSPHRASE": "dari lingkungan"}
        assert passphrases.ready(environment=told) == "dari lingkungan"
        assert passphrases.ready(environment={**told, "KIOSK_KEY_PASSPHRASE_FILE": str(tmp_path / "one")}) == "dari berkas"
        assert passphrases.ready(environment={}) is None

    def test_an_accent_is_one_letter_however_it_was_typed(self):
        typed = [passphrases.ready(environment={passphrases.NODE: word}) for word in ("caf\u00e9 resmi", "cafe\u0301 resmi")]
        assert typed[0] == typed[1]

    def test_nobody_to_ask_and_too_short(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv(passphrases.NODE, raising=False)
        with pytest.raises(NoPassphrase):
            passphrases.ask("?")
        monkeypatch.setenv(passphrases.NODE, "pendek")
        assert passphrases.ask("?") == "pendek"
        with pytest.raises(WeakPassphrase):
            passphrases.ask("?", new=True)
