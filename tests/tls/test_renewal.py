"""Renewing, bringing one's own certificate, and every way in which the files can be wrong. Whatever fails leaves the node as it was."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core.errors import KioskError
from kiosk.tls import rules, service, store
from tests.tls.house import ADDRESS, NAME, NOW, Disk, openssl, verified

LATER = NOW + timedelta(days=380)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    made = Disk.of(tmp_path)
    made.authority()
    return made


def refused(what: Callable[[], object]) -> str:
    with pytest.raises(KioskError) as wrong:
        what()
    assert wrong.value.text("id") != wrong.value.text("en")
    return wrong.value.code


def test_renewing_keeps_authority_and_names_and_changes_the_key(disk: Disk):
    before = store.read_node(disk.data)
    after = disk.renew(now=LATER)
    assert after.authority == before.authority
    assert after.hosts == before.hosts
    assert after.leaf.public_key() != before.leaf.public_key()
    assert after.leaf.not_valid_after_utc == LATER + timedelta(days=rules.SERVER_DAYS)
    assert verified(disk.root, disk.served, NAME, LATER).strip().endswith(": OK")


def test_a_node_that_lost_its_files_gets_a_certificate_for_the_names_of_the_authority(disk: Disk):
    disk.served.unlink()
    assert set(disk.renew().hosts) == {NAME, ADDRESS, "localhost", "127.0.0.1", "::1"}


def test_a_name_below_one_that_is_permitted_needs_no_new_authority_and_a_foreign_one_does(disk: Disk):
    assert disk.renew(f"loket.{NAME}").hosts[0] == f"loket.{NAME}"
    before = disk.served.read_bytes()
    assert refused(lambda: disk.renew("other.lan")) == "TLS-0425"
    assert disk.served.read_bytes() == before


def damage(disk: Disk, how: str) -> None:
    if how == "key gone":
        disk.key.unlink()
    elif how == "key cut":
        disk.key.write_bytes(disk.key.read_bytes()[:200])
    elif how == "key of another":
        text = disk.key.read_bytes()
        Disk.of(disk.usb.parent / "second").authority()
        disk.key.write_bytes((disk.usb.parent / "second/usb" / store.KEY_FILE).read_bytes())
        assert disk.key.read_bytes() != text
    elif how == "certificate cut":
        disk.root.write_bytes(disk.root.read_bytes()[:300])
    elif how == "another disk":
        for file in disk.usb.iterdir():
            file.unlink()
        other = Disk.of(disk.usb.parent / "second")
        other.authority()
        for file in other.usb.iterdir():
            (disk.usb / file.name).write_bytes(file.read_bytes())
    else:
        raise AssertionError(how)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("key gone", "TLS-0405"),
        ("key cut", "TLS-0422"),
        ("key of another", "TLS-0426"),
        ("certificate cut", "TLS-0422"),
        ("another disk", "TLS-0412"),
    ],
)
def test_a_wrong_disk_changes_nothing_on_the_node(disk: Disk, how: str, code: str):
    before = disk.served.read_bytes()
    damage(disk, how)
    assert refused(disk.renew) == code
    assert disk.served.read_bytes() == before


def test_a_wrong_passphrase_changes_nothing_on_the_node(disk: Disk):
    before = disk.served.read_bytes()
    assert refused(lambda: disk.renew(passphrase="another passphrase")) == "TLS-0401"
    assert disk.served.read_bytes() == before


def public(folder: Path, *, days: int = 90, order: str = "right") -> tuple[Path, Path]:
    """A chain as a public authority gives it, by OpenSSL: root, intermediate, server."""

    def run(*words: object) -> None:
        done = openssl(*words)
        assert done.returncode == 0, done.stderr

    folder.mkdir(exist_ok=True)
    names = {"root": None, "middle": "root", "server": "middle"}
    for name, by in names.items():
        key, cert = folder / f"{name}.key", folder / f"{name}.pem"
        signed = ["-CA", folder / f"{by}.pem", "-CAkey", folder / f"{by}.key"] if by else []
        kind = ["-addext", "basicConstraints=critical,CA:TRUE"] if name != "server" else ["-addext", "subjectAltName=DNS:kios.dinas.go.id"]
        what = ["-newkey", "rsa:2048", "-noenc", "-subj", f"/CN={name}", "-days", days, "-keyout", key, "-out", cert]
        run("req", "-x509", *what, *signed, *kind)
    parts = {"right": ("server", "middle", "root"), "mixed": ("server", "root", "middle"), "alone": ("server",)}[order]
    chain = folder / "chain.pem"
    chain.write_bytes(b"".join((folder / f"{part}.pem").read_bytes() for part in parts))
    return chain, folder / "server.key"


def use(disk: Disk, chain: Path, key: Path, now=None):
    from kiosk.core.clock import utc_now

    return service.use(cert=chain, key=key, data_dir=disk.data, now=now or utc_now())


def test_a_public_certificate_is_served_without_its_root_and_offers_tablets_nothing(disk: Disk, tmp_path: Path):
    chain = use(disk, *public(tmp_path / "public"))
    assert chain.hosts == ("kios.dinas.go.id",)
    assert len(chain.certificates) == 2
    assert chain.authority is None


@pytest.mark.parametrize(("wrong", "code"), [("mixed", "TLS-0427"), ("key", "TLS-0426"), ("over", "TLS-0410"), ("nothing", "TLS-0422")])
def test_a_public_certificate_that_would_not_work_is_refused(disk: Disk, tmp_path: Path, wrong: str, code: str):
    from kiosk.core.clock import utc_now

    before = disk.served.read_bytes()
    chain, key = public(tmp_path / "public", order="mixed" if wrong == "mixed" else "right")
    if wrong == "key":
        key = tmp_path / "public/middle.key"
    if wrong == "nothing":
        chain.write_text("nothing")
    now = utc_now() + timedelta(days=91) if wrong == "over" else None
    assert refused(lambda: use(disk, chain, key, now)) == code
    assert disk.served.read_bytes() == before


def test_a_key_with_a_passphrase_is_refused_with_the_reason(disk: Disk, tmp_path: Path):
    chain, key = public(tmp_path / "public")
    locked = tmp_path / "locked.key"
    subprocess.run(["openssl", "pkey", "-in", key, "-aes256", "-passout", "pass:x1234567", "-out", locked], check=True)
    with pytest.raises(KioskError, match="passphrase"):
        use(disk, chain, locked)


@pytest.mark.parametrize("cut", [0, 100, 400, 900])
def test_a_file_of_the_node_that_was_cut_is_told_by_its_code(disk: Disk, cut: int):
    disk.served.write_bytes(disk.served.read_bytes()[:cut])
    assert refused(lambda: store.read_node(disk.data)) == "TLS-0422"
