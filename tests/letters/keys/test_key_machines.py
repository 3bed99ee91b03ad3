"""Two machines: the root on a computer without a line, the node in the hall, and a stick between them."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.letters.keys import errors
from kiosk.letters.trust import bundle
from kiosk.letters.trust.errors import BadFile, NotTrusted, OlderList, RootKnown, TwoLists
from kiosk.letters.trust.trust_list import COMPROMISE, SUPERSEDED
from tests.letters.keys.machines import WORDS, House, Machine


def test_from_a_new_root_to_keys_that_sign(house: House):
    house.rooted().certified("letters", "node")
    (known,) = house.node.known().lists
    assert known.sequence == 3, "one for the root, one for each key"
    assert {key.purpose for key in known.keys} == {"letters", "node"}
    told = house.node.did("keys", "list")
    assert told.count("signs until") == 2
    assert "DPMPTSP Provinsi Kalimantan Timur" in told
    assert not list(house.node.data.rglob("root.p12")), "the root never comes to the node"


def test_the_root_machine_needs_neither_database_nor_network(house: House):
    house.rooted()
    assert not house.vault.data.exists()


def test_the_root_does_not_go_into_the_data_folder(house: House):
    for folder in (house.node.data, house.node.data / "keys", house.folder):
        folder.mkdir(exist_ok=True)
        assert house.node.refused("keys", "root", folder, "--name", "X").code == "KEY-0403"
    assert house.node.refused("keys", "root", house.folder / "nowhere", "--name", "X").code == "KEY-0405"


def test_a_root_is_never_overwritten(house: House):
    house.rooted()
    before = (house.disk / "root.p12").read_bytes()
    assert isinstance(house.vault.refused("keys", "root", house.disk, "--name", "X"), errors.RootExists)
    assert (house.disk / "root.p12").read_bytes() == before


def test_a_short_passphrase_makes_no_root(house: House):
    assert isinstance(house.vault.refused("keys", "root", house.disk, "--name", "X", words_of_root="pendek"), errors.WeakPassphrase)
    assert list(house.disk.iterdir()) == []


def test_the_fingerprint_is_compared_or_nothing_is_certified_or_pinned(house: House):
    house.rooted()
    house.node.did("keys", "new", "--purpose", "node", "--days", "9", "--request", house.stick / "one.request")
    ask = ("keys", "certify", "--root", house.disk, house.stick / "one.request")
    assert isinstance(house.vault.refused(*ask), errors.NotConfirmed)
    assert isinstance(house.vault.refused(*ask, "--fingerprint", "0" * 64), errors.NotConfirmed)
    (made,) = house.files("node-*.p12")
    kid = made.stem.partition("-")[2]
    assert isinstance(house.vault.refused(*ask, "--fingerprint", kid[:15]), errors.NotConfirmed), "too few digits say nothing"
    assert "number 2" in house.vault.did(*ask, "--fingerprint", f"{kid[:4]} {kid[4:]}")
    other = Machine(house.folder / "other", office="rohil").prepared()
    assert isinstance(other.refused("keys", "pin", house.disk / "root.trust"), errors.NotConfirmed)
    assert other.known().roots == ()


def test_certifying_again_answers_the_same_without_a_new_number(house: House):
    house.rooted().certified("letters")
    before = (house.disk / "root.trust").read_bytes()
    house.vault.did("keys", "certify", "--root", house.disk, *house.stick.glob("*.request"), "--yes")
    assert (house.disk / "root.trust").read_bytes() == before


def test_a_request_that_was_changed_on_its_way_is_refused(house: House):
    house.rooted()
    house.node.did("keys", "new", "--purpose", "letters", "--days", "9", "--request", house.stick / "one.request")
    content = bytearray((house.stick / "one.request").read_bytes())
    content[content.index(b"Dinas")] ^= 1
    (house.stick / "one.request").write_bytes(content)
    assert house.vault.refused("keys", "certify", "--root", house.disk, house.stick / "one.request", "--yes").code == "KEY-0422"


def test_a_root_speaks_for_its_own_office_alone(house: House):
    house.rooted()
    other = Machine(house.folder / "other", office="rohil").prepared()
    other.did("keys", "new", "--purpose", "letters", "--days", "9", "--request", house.stick / "one.request")
    refused = house.vault.refused("keys", "certify", "--root", house.disk, house.stick / "one.request", "--yes")
    assert isinstance(refused, errors.OtherOffice)


def test_an_older_list_is_refused_with_a_clear_sentence(house: House):
    house.rooted().certified("letters")
    shutil.copy(house.disk / "root.trust", house.folder / "old.trust")
    house.vault.did("keys", "certify", "--root", house.disk)
    house.node.did("keys", "import-trust", house.disk / "root.trust")
    refused = house.node.refused("keys", "import-trust", house.folder / "old.trust")
    assert isinstance(refused, OlderList)
    assert str(refused) == (
        "This list of DPMPTSP Provinsi Kalimantan Timur is older (number 2) than the one that is here (number 3). It was left where it is."
    )
    assert "lebih lama (nomor 2)" in refused.text("id")
    assert house.node.known().lists[0].sequence == 3


def test_the_same_list_again_is_nothing_new(house: House):
    house.rooted()
    assert "0 new, 1 here already, 0 refused" in house.node.did("keys", "import-trust", house.disk / "root.trust")


def test_another_content_under_a_used_number_is_refused(house: House):
    house.rooted()
    old = house.copy("old")
    house.certified("letters")
    house.vault.did("keys", "certify", "--root", old)
    assert isinstance(house.node.refused("keys", "import-trust", old / "root.trust"), TwoLists)


def test_an_old_copy_of_the_disk_catches_up_before_it_uses_a_number_twice(house: House):
    house.rooted()
    old = house.copy("old")
    house.certified("letters")
    assert "taken into the root" in house.vault.did("keys", "import-trust", house.disk / "root.trust", "--root", old)
    assert (old / "root.trust").read_bytes() == (house.disk / "root.trust").read_bytes()
    assert "nothing new" in house.vault.did("keys", "import-trust", house.disk / "root.trust", "--root", old)
    house.vault.did("keys", "certify", "--root", old)
    house.node.did("keys", "import-trust", old / "root.trust")


def test_a_list_of_a_root_that_is_not_pinned_is_refused(house: House):
    house.rooted()
    stranger = house.folder / "stranger"
    stranger.mkdir()
    house.vault.did("keys", "root", stranger, "--office", "kaltim", "--name", "DPMPTSP Provinsi Kalimantan Timur")
    assert isinstance(house.node.refused("keys", "import-trust", stranger / "root.trust"), NotTrusted)
    house.vault.did("keys", "certify", "--root", stranger, *_requested(house), "--yes")
    house.node.run("keys", "import-trust", stranger / "root.trust")
    assert house.files("letters-*.crt") == [], "nor is its certificate"


def _requested(house: House) -> list[Path]:
    house.node.did("keys", "new", "--purpose", "letters", "--days", "9", "--request", house.folder / "asked.request")
    return [house.folder / "asked.request"]


def test_a_stick_that_is_not_there_is_named(house: House):
    refused = house.rooted().node.refused("keys", "export-trust", house.folder / "none" / "trust.trust")
    assert isinstance(refused, errors.BadOption)
    assert "flash drive" in str(refused)


@pytest.mark.parametrize("content", [b"", b"\xa0", b"hello", b"\xa5\x01\x01\x02\x80\x03\x81\x01\x04\x80\x05\x80"])
def test_a_file_that_holds_no_trust_is_refused(house: House, content: bytes):
    (house.stick / "bad.trust").write_bytes(content)
    assert isinstance(house.node.refused("keys", "import-trust", house.stick / "bad.trust"), BadFile)


def test_rotation_lets_the_old_key_sign_until_the_answer_came_and_a_week_more(house: House):
    house.rooted().certified("letters")
    (old,) = house.files("letters-*.p12")
    (request,) = house.stick.glob("*.request")
    request.unlink()
    house.node.did("keys", "rotate", "--purpose", "letters", "--days", "365", "--request", house.stick)
    house.vault.did("keys", "certify", "--root", house.disk, *house.stick.glob("*.request"), "--yes")
    house.node.did("keys", "import-trust", house.stick)
    entries = {key.kid.hex(): key for key in house.node.known().lists[0].keys}
    before = entries.pop(old.stem.partition("-")[2])
    (after,) = entries.values()
    assert (before.reason, after.reason) == (SUPERSEDED, None)
    assert before.revoked_at is not None
    assert before.revoked_at - house.node.known().lists[0].issued == 7 * 86_400
    told = house.node.did("keys", "list")
    assert told.count("signs until") == 2
    assert f"signs until {datetime.fromtimestamp(before.revoked_at, UTC):%Y-%m-%d}" in told, "the old key, to the end of its week"


class TestRevoking:
    def kid(self, house: House) -> str:
        return house.files("letters-*.p12")[0].stem.partition("-")[2]

    def revoke(self, house: House, *words: object) -> tuple[object, ...]:
        return ("keys", "revoke", self.kid(house), "--root", house.disk, *words)

    def test_a_compromised_key_signs_no_more_and_keeps_what_was_established(self, house: House):
        house.rooted().certified("letters")
        (house.folder / "good").write_bytes(b"a" * 16 + b"b" * 16)
        house.vault.did(
            *self.revoke(house, "--reason", "compromise", "--established", house.folder / "good", "--out", house.stick / "r.trust")
        )
        house.node.did("keys", "import-trust", house.stick / "r.trust")
        (known,) = house.node.known().lists
        assert known.keys[0].reason == COMPROMISE
        assert known.established == {known.keys[0].kid: b"a" * 16 + b"b" * 16}
        assert "signs no more: it was revoked" in house.node.did("keys", "list")

    def test_milder_and_later_are_refused_stricter_and_earlier_are_not(self, house: House):
        house.rooted().certified("letters")
        for words in (("superseded", "2026-11-22T10:00:00+08:00"), ("superseded", "2026-11-21T10:00:00+08:00")):
            house.vault.did(*self.revoke(house, "--reason", words[0], "--at", words[1]))
        later = self.revoke(house, "--reason", "superseded", "--at", "2026-11-22T10:00:00+08:00")
        assert isinstance(house.vault.refused(*later), errors.BadReason)
        house.vault.did(*self.revoke(house, "--reason", "compromise"))
        for reason in ("superseded", "cessation", "unspecified"):
            milder = self.revoke(house, "--reason", reason, "--at", "2026-01-01T00:00:00Z")
            assert isinstance(house.vault.refused(*milder), errors.BadReason)

    @pytest.mark.parametrize(
        "words",
        [
            ("--reason", "bored"),
            ("--reason", "compromise", "--at", "yesterday"),
            ("--reason", "compromise", "--at", "2026-11-22T08:00:00"),
        ],
    )
    def test_a_reason_or_moment_that_cannot_be(self, house: House, words: tuple[str, ...]):
        house.rooted().certified("letters")
        assert isinstance(house.vault.refused(*self.revoke(house, *words)), errors.BadOption)

    @pytest.mark.parametrize("hashes", [b"a" * 15, b"b" * 16 + b"a" * 16, b"a" * 32])
    def test_hashes_that_are_not_sorted_and_whole(self, house: House, hashes: bytes):
        house.rooted().certified("letters")
        (house.folder / "bad").write_bytes(hashes)
        refused = house.vault.refused(*self.revoke(house, "--reason", "compromise", "--established", house.folder / "bad"))
        assert isinstance(refused, errors.BadOption)

    def test_an_unknown_key(self, house: House):
        house.rooted()
        refused = house.vault.refused("keys", "revoke", "0" * 16, "--root", house.disk, "--reason", "compromise")
        assert isinstance(refused, errors.KeyUnknown)


def test_a_province_certifies_the_root_of_an_office(house: House):
    """Another office that trusts the province alone believes the office's keys; PDF programs find the chain."""
    house.rooted().certified("letters")
    province = house.folder / "province"
    province.mkdir()
    house.vault.did("keys", "root", province, "--all-offices", "--name", "Pemerintah Provinsi Kalimantan Timur")
    shutil.copy(house.disk / "root.request", house.stick / "root.request")
    told = house.vault.did("keys", "certify", "--root", province, house.stick / "root.request", "--yes")
    assert "kiosk keys import-trust root-answer.trust --root FOLDER" in told
    other = Machine(house.folder / "other", office="rohil").prepared()
    other.did("keys", "pin", province / "root.trust", "--yes")
    other.did("keys", "import-trust", house.disk / "root.trust")
    known = other.known()
    assert [one.root.name for one in known.lists if one.root] == [
        "Pemerintah Provinsi Kalimantan Timur",
        "DPMPTSP Provinsi Kalimantan Timur",
    ]
    house.node.did("keys", "pin", province / "root.trust", "--yes")
    chain = house.files("authority-*.crt")
    assert len(chain) == 3, "the office's own, the office's by the province, the province's"
    (leaf,) = house.files("letters-*.crt")
    alone = [one for one in chain if _subject(one) == _issuer(one) and "Pemerintah" in _subject(one)]
    between = [one for one in chain if _subject(one) != _issuer(one)]
    told = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-CAfile", alone[0], "-untrusted", between[0], leaf], capture_output=True, text=True
    )
    assert told.stdout.strip().endswith("OK"), told.stderr


def _subject(file: Path) -> str:
    return subprocess.run(["openssl", "x509", "-noout", "-subject", "-in", file], capture_output=True, text=True).stdout.partition("=")[2]


def _issuer(file: Path) -> str:
    return subprocess.run(["openssl", "x509", "-noout", "-issuer", "-in", file], capture_output=True, text=True).stdout.partition("=")[2]


def test_an_office_root_cannot_certify_another_root(house: House):
    house.rooted()
    other = house.folder / "other-root"
    other.mkdir()
    house.vault.did("keys", "root", other, "--office", "kaltim", "--name", "Lain")
    refused = house.vault.refused("keys", "certify", "--root", house.disk, other / "root.request", "--yes")
    assert isinstance(refused, errors.OtherOffice)


def test_pinning_with_another_scope_needs_the_first_one_away(house: House):
    house.rooted()
    face = bundle.read(house.disk / "root.trust")
    wide = bundle.Bundle([type(face.roots[0])(face.roots[0].public, "Semua", None)])
    (house.stick / "wide.trust").write_bytes(bundle.encode(wide))
    assert isinstance(house.node.refused("keys", "pin", house.stick / "wide.trust", "--yes"), RootKnown)
    house.node.did("keys", "pin", "--remove", bundle.fingerprint(face.roots[0].public)[:16])
    assert house.node.known().roots == ()


def test_the_wrong_passphrase_of_the_root_changes_nothing(house: House):
    house.rooted()
    before = (house.disk / "root.trust").read_bytes()
    assert isinstance(house.vault.refused("keys", "certify", "--root", house.disk, words_of_root=WORDS + "?"), errors.WrongPassphrase)
    assert (house.disk / "root.trust").read_bytes() == before


def test_the_demonstrations_root_signs_nothing_in_earnest(house: House):
    shown = Machine(house.folder / "demo", demo=True).prepared()
    shown.did("seed")
    folder = shown.data / "demo-root"
    assert isinstance(Machine(shown.data).refused("keys", "certify", "--root", folder), errors.DemoRoot)
    copied = Path(shutil.copytree(folder, house.folder / "copied"))
    assert isinstance(house.vault.refused("keys", "certify", "--root", copied, words_of_root="demonstrasi"), errors.DemoRoot)
    shown.did("keys", "certify", "--root", folder, words_of_root="demonstrasi")


def test_a_passphrase_is_no_argument(house: House):
    for words in (("root", house.disk), ("certify", "--root", house.disk), ("new", "--purpose", "node", "--days", "3"), ("publish",)):
        assert house.node.run("keys", *words, "--passphrase", "rahasia").exit_code == 2
