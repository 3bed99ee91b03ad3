"""The authority vouches for this office and for nothing else, and its key leaves the node. OpenSSL is the judge."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.errors import KioskError
from kiosk.tls import certificates, rules, sealed, service, store
from tests.tls.house import ADDRESS, NAME, NOW, PASSPHRASE, Disk, openssl, verified

FOREIGN = ("bank.test", "kios.test.bank.example", "mykios.test", "192.168.1.11", "10.0.0.1", "fd00::5")


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk.of(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    """Read only: an authority as it was made."""
    disk = Disk.of(tmp_path_factory.mktemp("made"))
    disk.authority()
    return disk


def forged(made: Disk, name: str, at: Path) -> Path:
    """What a thief of the disk, passphrase and all, could sign for somebody else's name."""
    text, issuer = store.read_authority(made.usb)
    signer = sealed.unseal(text, PASSPHRASE, file="x")
    try:
        host = ip_address(name)
    except ValueError:
        host = name
    leaf = certificates.server(certificates.new_key(), hosts=[host], issuer=issuer, signer=signer, now=NOW)
    at.write_bytes(leaf.public_bytes(Encoding.PEM))
    return at


@pytest.mark.parametrize("name", [NAME, ADDRESS, "localhost", "127.0.0.1", "::1"])
def test_openssl_verifies_the_chain_for_every_name_of_the_node(made: Disk, name: str):
    assert verified(made.root, made.served, name, NOW).strip().endswith(": OK")


@pytest.mark.parametrize("name", FOREIGN)
def test_openssl_refuses_what_the_authority_signs_for_another_name(made: Disk, name: str, tmp_path: Path):
    said = verified(made.root, forged(made, name, tmp_path / "leaf.pem"), name, NOW)
    assert "permitted subtree violation" in said, said


@pytest.mark.parametrize("name", FOREIGN)
def test_another_verifier_refuses_it_too(made: Disk, name: str, tmp_path: Path):
    leaf = x509.load_pem_x509_certificate(forged(made, name, tmp_path / "leaf.pem").read_bytes())
    subject = x509.IPAddress(ip_address(name)) if name[0].isdigit() or ":" in name else x509.DNSName(name)
    verifier = PolicyBuilder().store(Store([store.read_certificates(made.root)[0]])).time(NOW).build_server_verifier(subject)
    with pytest.raises(VerificationError):
        verifier.verify(leaf, [])


def test_the_authority_signs_no_second_authority(made: Disk):
    root = store.read_certificates(made.root)[0]
    basic = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert root.extensions.get_extension_for_class(x509.NameConstraints).critical


def test_the_certificate_ends_within_398_days_and_begins_a_little_earlier(made: Disk):
    leaf = store.read_certificates(made.served)[0]
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=398)
    assert leaf.not_valid_before_utc == NOW - rules.EARLIER


def test_a_certificate_never_outlives_its_authority(disk: Disk):
    disk.authority()
    late = NOW + timedelta(days=rules.AUTHORITY_DAYS - 100)
    leaf = disk.renew(now=late).leaf
    assert leaf.not_valid_after_utc == store.read_certificates(disk.root)[0].not_valid_after_utc
    with pytest.raises(KioskError, match="authority ended") as ended:
        disk.renew(now=late + timedelta(days=101))
    assert ended.value.code == "TLS-0411"


def test_openssl_says_that_it_is_over(made: Disk):
    assert "certificate has expired" in verified(made.root, made.served, NAME, NOW + timedelta(days=398))


def test_the_key_of_the_authority_is_on_the_disk_only_and_needs_its_passphrase(made: Disk):
    right = openssl("pkey", "-in", made.key, "-passin", f"pass:{PASSPHRASE}", "-text")
    assert right.returncode == 0
    assert openssl("pkey", "-in", made.key, "-passin", "pass:a wrong passphrase").returncode != 0
    assert b"BEGIN PRIVATE KEY" not in made.key.read_bytes()
    secret = sealed.unseal(made.key.read_bytes(), PASSPHRASE, file="x").private_numbers().private_value.to_bytes(32, "big")
    for file in made.data.rglob("*"):
        if file.is_file():
            ders = [openssl("pkey", "-in", file, "-outform", "DER").stdout, file.read_bytes()]
            assert all(secret not in content for content in ders), file
    assert made.key.stat().st_mode & 0o777 == 0o600
    assert made.served.stat().st_mode & 0o777 == 0o600
    assert made.served.parent.stat().st_mode & 0o777 == 0o700


def test_the_passphrase_is_stretched(made: Disk):
    said = openssl("asn1parse", "-in", made.key).stdout.decode()
    assert f"{sealed.ROUNDS:X}" in said
    assert "aes-256-cbc" in said


@settings(max_examples=4, deadline=None)
@given(st.text(min_size=12, max_size=40).filter(lambda text: "\0" not in text))
def test_any_passphrase_opens_its_own_key_and_no_other_does(passphrase: str):
    key = certificates.new_key()
    text = sealed.seal(key, passphrase)
    assert sealed.unseal(text, passphrase, file="x").private_numbers() == key.private_numbers()
    with pytest.raises(KioskError) as wrong:
        sealed.unseal(text, passphrase + "x", file="x")
    assert wrong.value.code == "TLS-0401"


LABELS = st.from_regex(r"[a-z]{1,6}", fullmatch=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(LABELS, min_size=1, max_size=3), st.lists(LABELS, min_size=1, max_size=4))
def test_our_reading_of_name_constraints_is_that_of_a_verifier(inside: list[str], asked: list[str]):
    """`rules.permits` refuses before signing what browsers would refuse afterwards; both must mean the same."""
    constraint, name = ".".join(inside), ".".join(asked)
    for wanted in (name, f"{name}.{constraint}", f"x{constraint}"):
        signer = certificates.new_key()
        issuer = certificates.authority(signer, name="x", permitted=[constraint], now=NOW)
        leaf = certificates.server(certificates.new_key(), hosts=[wanted], issuer=issuer, signer=signer, now=NOW)
        try:
            certificates.prove(leaf, issuer, [wanted], NOW)
            lets_through = True
        except KioskError:
            lets_through = False
        assert rules.permits([constraint], wanted) is lets_through, (constraint, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "go.id",
        "id",
        "com",
        "example.com",
        "8.8.8.8",
        "0.0.0.0",
        "224.0.0.1",
        "*.kios.test",
        "kios_test.lan",
        "",
        "a..lan",
        "kios",
        "-x.lan",
    ],
)
def test_no_authority_for_more_than_an_office(text: str):
    with pytest.raises(KioskError) as refused:
        rules.host(text)
    assert refused.value.code == "TLS-0423"


def test_the_key_may_not_stay_with_the_node(disk: Disk):
    for folder in (disk.data, disk.data / "usb", disk.data.parent):
        with pytest.raises(KioskError) as refused:
            Disk(folder, disk.data).authority()
        assert refused.value.code == "TLS-0403", folder
    with pytest.raises(KioskError) as refused:
        Disk(disk.usb / "gone", disk.data).authority()
    assert refused.value.code == "TLS-0404"
    assert not disk.served.exists()


def test_a_second_authority_needs_to_be_asked_for(disk: Disk, tmp_path: Path):
    disk.authority()
    before = (disk.key.read_bytes(), disk.served.read_bytes())
    other = Disk(tmp_path / "other", disk.data)
    other.usb.mkdir()
    for again in (disk, other):
        with pytest.raises(KioskError) as refused:
            again.authority()
        assert refused.value.code == "TLS-0409"
    assert (disk.key.read_bytes(), disk.served.read_bytes()) == before
    replaced = disk.authority(replace=True)
    assert disk.key.read_bytes() != before[0]
    assert verified(disk.root, disk.served, NAME, NOW).strip().endswith(": OK")
    assert replaced.authority


@pytest.mark.parametrize(("passphrase", "code"), [("short", "TLS-0424"), ("", "TLS-0424")])
def test_a_passphrase_that_could_be_guessed(disk: Disk, passphrase: str, code: str):
    with pytest.raises(KioskError) as refused:
        service.make_authority(
            folder=disk.usb, data_dir=disk.data, hosts=rules.hosts([NAME]), name="x", passphrase=passphrase, now=NOW, replace=False
        )
    assert refused.value.code == code
    assert not any(disk.usb.iterdir())
