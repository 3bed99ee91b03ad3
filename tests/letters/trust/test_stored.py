"""What a node keeps of trust: proved when taken in and whenever used, never older, and never on the centre's word."""

import asyncio
import gzip
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from kiosk.core import runtime
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.letters.keys import demo
from kiosk.letters.keys.daily import Daily, note
from kiosk.letters.keys.errors import KeyMissing, KeyOutOfTime, NoPassphrase
from kiosk.letters.keys.opening import open_key
from kiosk.letters.qr import aad, sign1
from kiosk.letters.trust import api, events, publishing, revocations, service, trust_list
from kiosk.letters.trust.bundle import fingerprint
from kiosk.letters.trust.errors import NotTrusted, OlderList, TwoLists
from kiosk.letters.trust.knowledge import Root
from kiosk.letters.trust.model import RevocationListRow, TrustListRow
from kiosk.letters.trust.revocations import Revocations
from kiosk.letters.trust.trust_list import TrustList
from kiosk.sync.outbox import OutboxEvent
from tests.letters.ground import BERAU, KALTIM, SIGNERS, key
from tests.letters.ground import KEYS as EVERY
from tests.letters.ground import NOW as SECONDS
from tests.letters.keys.machines import Machine
from tests.sync.feeding import Feeding, feeding

__all__ = ["feeding"]
KEYS = tuple(one for one in EVERY if one.office == "kaltim" and one.purpose != trust_list.ROOT)
AT = datetime.fromtimestamp(SECONDS, UTC)
ROOT = Root(SIGNERS["kaltim-root"].public, KALTIM, "kaltim")
PROVINCE = Root(SIGNERS["province-root"].public, "Provinsi", None)


def listed(sequence: int, *, by: str = "kaltim-root", office: str = "kaltim", keys: Any = KEYS, name: str = KALTIM) -> bytes:
    content = TrustList(sequence, SECONDS, SECONDS + 86_400, {office: (name, "")}, tuple(keys))
    return sign1.make(trust_list.encode(content), SIGNERS[by], aad.TRUST)


def revoked(sequence: int, *serials: int, by: str = "node", office: str = "kaltim") -> bytes:
    details = dict.fromkeys(serials, (SECONDS, 1))
    content = Revocations(sequence, SECONDS, SECONDS + 86_400, office, revocations.bits_of(details), details)
    return sign1.make(revocations.encode(content), SIGNERS[by], aad.REVOCATIONS)


@pytest.fixture
def node(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "node").prepared()
    made.write(lambda s: service.pin_root(s, office_id="kaltim", root=ROOT, at=AT, by="test"))
    return made


def take(node: Machine, message: bytes, *, by: str = "cli") -> bool:
    return bool(node.write(lambda s: service.take_list(s, "kaltim", message, AT, by=by)))


def take_revoked(node: Machine, message: bytes) -> bool:
    return bool(node.write(lambda s: service.take_revocations(s, "kaltim", message, AT)))


class TestLists:
    def test_a_newer_one_takes_the_place_an_older_one_is_refused(self, node: Machine):
        assert take(node, listed(5))
        assert take(node, listed(9))
        with pytest.raises(OlderList):
            take(node, listed(8))
        assert [one.sequence for one in node.known().lists] == [9]

    def test_the_same_once_more_is_nothing_new_another_content_is_refused(self, node: Machine):
        assert take(node, listed(5))
        assert not take(node, listed(5))
        with pytest.raises(TwoLists):
            take(node, listed(5, keys=KEYS[:1]))
        assert len(node.known().lists[0].keys) == len(KEYS)

    @pytest.mark.parametrize("by", ["stranger-root", "berau-root", "letters", "node"])
    def test_only_a_pinned_root_signs_lists(self, node: Machine, by: str):
        with pytest.raises(NotTrusted):
            take(node, listed(5, by=by))

    def test_a_root_of_one_office_does_not_speak_for_another(self, node: Machine):
        with pytest.raises(NotTrusted):
            take(node, listed(5, office="berau", keys=(key("berau-letters", "berau"),)))

    @pytest.mark.parametrize("content", [b"", b"\xd2", listed(5)[:-1], listed(5) + b"\0", b"\xff" * 100])
    def test_what_is_no_message_is_refused(self, node: Machine, content: bytes):
        with pytest.raises(NotTrusted):
            take(node, content)

    def test_a_certified_root_is_one_for_its_office_until_it_is_revoked(self, node: Machine):
        node.write(lambda s: service.pin_root(s, office_id="kaltim", root=PROVINCE, at=AT, by="test"))
        below = key("berau-root", "berau", trust_list.ROOT)
        berau = listed(1, by="berau-root", office="berau", keys=(key("berau-letters", "berau"),), name=BERAU)
        with pytest.raises(NotTrusted):
            take(node, berau)
        take(node, listed(1, by="province-root", office="berau", keys=(below,), name=BERAU))
        assert take(node, berau)
        gone = key("berau-root", "berau", trust_list.ROOT, revoked_at=SECONDS - 60, reason=trust_list.COMPROMISE)
        take(node, listed(2, by="province-root", office="berau", keys=(gone,), name=BERAU))
        assert [one.root.name for one in node.known().lists if one.root] == ["Provinsi"]
        with pytest.raises(NotTrusted):
            take(node, listed(2, by="berau-root", office="berau", keys=(key("berau-letters", "berau"),), name=BERAU))

    def test_a_root_that_is_taken_away_takes_its_lists_along(self, node: Machine):
        take(node, listed(1))
        node.write(lambda s: service.remove_root(s, office_id="kaltim", beginning=fingerprint(ROOT.public)[:20], at=AT, by="test"))
        assert node.known().lists == ()

    def test_a_row_that_somebody_put_there_neither_counts_nor_keeps_a_good_list_out(self, node: Machine):
        row = TrustListRow(office_id="kaltim", root=fingerprint(ROOT.public), sequence=2**50, message=b"x", taken_at=stored(AT))
        node.write(lambda s: s.merge(row))
        assert node.known().lists == ()
        assert take(node, listed(1))


class TestRevocations:
    def test_newest_counts_older_and_other_are_refused(self, node: Machine):
        take(node, listed(1))
        assert take_revoked(node, revoked(4, 7))
        assert not take_revoked(node, revoked(4, 7))
        with pytest.raises(OlderList):
            take_revoked(node, revoked(3, 7))
        with pytest.raises(TwoLists):
            take_revoked(node, revoked(4, 8))
        assert node.known().revocations["kaltim"].is_revoked(7)

    @pytest.mark.parametrize("by", ["letters", "kaltim-root", "stranger", "lost-node", "berau-node"])
    def test_only_a_good_node_key_of_the_office_signs_them(self, node: Machine, by: str):
        take(node, listed(1))
        with pytest.raises(NotTrusted):
            take_revoked(node, revoked(1, 7, by=by))

    def test_a_bomb_is_refused(self, node: Machine):
        take(node, listed(1))
        packed = gzip.compress(b"\0" * 50_000_000)
        from kiosk.letters.qr import cbor

        payload = cbor.encode({1: 1, 2: 1, 3: SECONDS, 4: SECONDS, 5: "kaltim", 6: packed, 7: {}})
        with pytest.raises(NotTrusted):
            take_revoked(node, sign1.make(payload, SIGNERS["node"], aad.REVOCATIONS))


class TestPublishing:
    def test_numbers_go_on_and_nothing_is_ever_taken_back(self, node: Machine):
        take(node, listed(1))
        publish = publishing.publish_revocations
        node.write(lambda s: publish(s, "kaltim", SIGNERS["node"], {3: (SECONDS, 2)}, AT))
        node.write(lambda s: publish(s, "kaltim", SIGNERS["node"], {900: (SECONDS, 1)}, AT + timedelta(hours=1)))
        known = node.known().revocations["kaltim"]
        assert (known.sequence, known.details) == (2, {3: (SECONDS, 2), 900: (SECONDS, 1)})
        assert known.next_update - known.issued == 7 * 86_400

    def test_a_key_that_is_not_in_the_list_publishes_nothing(self, node: Machine):
        take(node, listed(1))
        for name in ("letters", "stranger"):
            with pytest.raises(NotTrusted):
                node.write(lambda s, name=name: publishing.publish_revocations(s, "kaltim", SIGNERS[name], {}, AT))

    def test_the_centre_hears_of_it_with_the_message(self, node: Machine):
        take(node, listed(1))
        message = node.write(lambda s: publishing.publish_revocations(s, "kaltim", SIGNERS["node"], {3: (SECONDS, 2)}, AT))
        rows = node.write(lambda s: [row.body for row in s.exec(select(OutboxEvent).where(OutboxEvent.kind == "trust.revocations_taken"))])
        assert len(rows) == 1
        assert b64encode(message).decode() in rows[0]


class TestFromTheCentre:
    def messages(self, *lists: bytes, revoked: tuple[bytes, ...] = ()) -> dict[str, Any]:
        return {"lists": [b64encode(one).decode() for one in lists], "revocations": [b64encode(one).decode() for one in revoked]}

    def test_lists_of_other_offices_come_down_and_are_proved(self, feeding: Feeding):
        feeding.writer.write(lambda s: service.pin_root(s, office_id="kaltim", root=ROOT, at=AT, by="test"))
        feeding.publish("trust", self.messages(listed(3), listed(1, by="stranger-root"), revoked=(revoked(2, 7),)))
        assert feeding.round() == 1
        known = feeding.read(lambda s: service.knowledge_of(s, "kaltim"))
        assert [one.sequence for one in known.lists] == [3]
        assert known.revocations["kaltim"].is_revoked(7)
        assert feeding.told("trust.list_taken") == [], "what came from the centre is not told back"

    def test_the_centre_cannot_invent_a_key_or_bring_back_an_older_list(self, feeding: Feeding):
        feeding.writer.write(lambda s: service.pin_root(s, office_id="kaltim", root=ROOT, at=AT, by="test"))
        feeding.publish("trust", self.messages(listed(3)))
        feeding.round()
        feeding.publish("trust", self.messages(listed(9, by="stranger-root"), listed(2, keys=())))
        feeding.round()
        known = feeding.read(lambda s: service.knowledge_of(s, "kaltim"))
        assert [(one.sequence, len(one.keys)) for one in known.lists] == [(3, len(KEYS))]

    def test_history_that_comes_back_pins_no_root(self, node: Machine):
        from kiosk.sync import kinds

        pinned = {"root": "0" * 64, "name": "x", "only_for": None, "public": b64encode(SIGNERS["stranger-root"].public).decode()}
        event = {"office_id": "kaltim", "event_id": "e", "kind": "trust.root_pinned", "at": stored(AT), "actor": "cli", "body": pinned}
        apply = kinds.find("trust.root_pinned")
        assert apply is not None
        node.write(lambda s: apply(s, event))
        assert node.known().roots == (ROOT,)

    def test_history_that_comes_back_brings_the_newest_list(self, node: Machine):
        take(node, listed(4))
        body = {"root": fingerprint(ROOT.public), "sequence": 6, "message": b64encode(listed(6)).decode()}
        event = {"office_id": "kaltim", "at": stored(AT), "body": body}
        node.write(lambda s: events.list_taken(s, event))
        assert node.known().lists[0].sequence == 6
        node.write(lambda s: events.list_taken(s, {**event, "body": {**body, "sequence": 5}}))
        assert node.known().lists[0].sequence == 6

    def test_history_that_comes_back_neither_makes_numbers_up_nor_brings_an_unproved_list(self, node: Machine):
        take(node, listed(4))
        take_revoked(node, revoked(4, 7))
        high = 2**53 - 1
        told = {"root": fingerprint(ROOT.public), "issuer": "kaltim", "sequence": high}

        def come_back(apply: Any, message: bytes) -> None:
            event = {"office_id": "kaltim", "at": stored(AT), "body": {**told, "message": b64encode(message).decode()}}
            node.write(lambda s: apply(s, event))

        for one in (listed(4), listed(3), listed(9, by="stranger-root"), b"x"):
            come_back(events.list_taken, one)
        for one in (revoked(4, 7), revoked(3), revoked(9, by="stranger"), b"x"):
            come_back(events.revocations_taken, one)
        assert node.known().lists[0].sequence == 4
        assert node.known().revocations["kaltim"].is_revoked(7)
        assert take(node, listed(5))
        node.write(lambda s: publishing.publish_revocations(s, "kaltim", SIGNERS["node"], {8: (SECONDS, 1)}, AT))
        assert node.known().revocations["kaltim"].sequence == 5

    def test_a_number_that_a_row_makes_up_freezes_nothing(self, node: Machine):
        """As a node has it that knew no root yet when its history came back."""
        take(node, listed(4))
        high: dict[str, Any] = {"office_id": "kaltim", "sequence": 2**53 - 1, "taken_at": stored(AT)}
        node.write(lambda s: s.merge(TrustListRow(root=fingerprint(ROOT.public), message=listed(4), **high)))
        node.write(lambda s: s.merge(RevocationListRow(issuer="kaltim", message=revoked(4, 7), **high)))
        assert take(node, listed(5))
        node.write(lambda s: publishing.publish_revocations(s, "kaltim", SIGNERS["node"], {8: (SECONDS, 1)}, AT))
        assert node.known().revocations["kaltim"].sequence == 5


class TestNode:
    """A running node of the demonstration."""

    @pytest.fixture
    def running(self, tmp_path: Path) -> Any:
        machine = Machine(tmp_path / "node", demo=True).prepared()
        machine.write(lambda s: demo.load(s, machine.settings, AT))
        node = runtime.start(machine.settings)
        node.now = lambda: AT
        yield node
        runtime.stop()

    def known(self, node: runtime.Runtime) -> Any:
        with node.reading() as session:
            return service.knowledge_of(session, "kaltim")

    def test_a_seed_makes_keys_that_the_office_trusts(self, running: runtime.Runtime):
        for purpose in ("letters", "node"):
            assert open_key(running.settings, purpose, demo.PASSPHRASE, now=AT, knowledge=self.known(running))

    def test_a_second_seed_changes_nothing(self, running: runtime.Runtime):
        before = {file: file.read_bytes() for file in running.settings.data_dir.rglob("*.p12")}
        running.writer.write(lambda s: demo.load(s, running.settings, AT + timedelta(hours=1)))
        assert {file: file.read_bytes() for file in running.settings.data_dir.rglob("*.p12")} == before
        assert self.known(running).revocations["kaltim"].sequence == 1

    def test_browsers_get_what_they_can_prove(self, running: runtime.Runtime):
        told = api.trust()
        assert datetime.fromisoformat(told["now"]) == AT
        ((root,), (one,), (two,)) = told["roots"], told["lists"], told["revocations"]
        assert (root["office"], len(b64decode(root["public"]))) == ("kaltim", 65)
        assert sign1.read(b64decode(one)).holds(b64decode(root["public"]), aad.TRUST)
        assert sign1.read(b64decode(two)).kid == open_key(running.settings, "node", demo.PASSPHRASE, now=AT).signer.kid

    def test_revocations_are_published_again_each_day(self, running: runtime.Runtime):
        daily = Daily(running)
        assert not asyncio.run(daily.look())
        running.now = lambda: AT + timedelta(hours=21)
        assert asyncio.run(daily.look())
        assert self.known(running).revocations["kaltim"].sequence == 2
        assert not asyncio.run(daily.look())

    def test_without_a_passphrase_the_log_says_why_and_later_the_staff_are_told(
        self, running: runtime.Runtime, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.delenv("KIOSK_KEY_PASSPHRASE", raising=False)
        running.settings = running.settings.model_copy(update={"demo": False})
        running.now = lambda: AT + timedelta(hours=21)
        with pytest.raises(NoPassphrase):
            asyncio.run(Daily(running).look())

        def told(days: float) -> Any:
            with running.reading() as session:
                return note(session, "kaltim", AT + timedelta(days=days))

        assert told(4.9) is None
        assert "Minggu, 29 November 2026" in told(5.1)["text"]["id"]

    def test_a_source_is_asked_each_time(self, running: runtime.Runtime, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(publishing, "_sources", [lambda _session, office_id: {5: (SECONDS, 2)} if office_id == "kaltim" else {}])
        running.now = lambda: AT + timedelta(hours=21)
        asyncio.run(Daily(running).look())
        assert self.known(running).revocations["kaltim"].is_revoked(5)

    def test_a_revoked_key_is_not_opened(self, running: runtime.Runtime):
        from kiosk.letters.keys import revoking, root

        opened = root.open_root(running.settings.data_dir / "demo-root", demo.PASSPHRASE, demonstration=True)
        kid = next(one.kid.hex() for one in opened.content.keys if one.purpose == "letters")
        opened = revoking.revoke(opened, kid, reason=1, at=AT, now=AT)
        running.writer.write(lambda s: service.take_list(s, "kaltim", opened.face.lists[0], AT))
        with pytest.raises(KeyOutOfTime) as refused:
            open_key(running.settings, "letters", demo.PASSPHRASE, now=AT, knowledge=self.known(running))
        assert "revoked" in str(refused.value)

    def test_outside_of_the_demonstration_none_are_made(self, tmp_path: Path):
        earnest = Machine(tmp_path / "earnest").prepared()
        with pytest.raises(RuntimeError):
            demo.make(earnest.settings)
        with pytest.raises(KeyMissing):
            open_key(earnest.settings, "letters", "x", now=AT)


def test_every_refusal_is_a_sentence_in_both_languages():
    from kiosk.letters.keys import errors
    from kiosk.letters.trust import errors as more

    for room in (errors, more):
        ours = [one for one in vars(room).values() if isinstance(one, type) and issubclass(one, KioskError) and one is not KioskError]
        assert len({one.code for one in ours}) == len(ours)


def test_rows_are_of_their_office(node: Machine):
    take(node, listed(1))

    def others(session: Session) -> Any:
        return service.knowledge_of(session, "rohil"), session.exec(select(RevocationListRow)).all()

    assert node.write(others)[0].roots == ()
