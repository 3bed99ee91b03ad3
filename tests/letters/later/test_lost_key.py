"""The drill of a lost key: what was made before a timestamped head stays good, whatever else the key signs is worth nothing."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from kiosk.core.table_of import table_of
from kiosk.letters.keys.revoking import _hashes
from kiosk.letters.later import established as drill
from kiosk.letters.later import stamps, timestamps
from kiosk.letters.later.errors import LogDiffers, NoTimestampBefore, StampRefused
from kiosk.letters.later.established import Established
from kiosk.letters.later.model import LogTimestamp
from kiosk.letters.qr import aad, sign1
from kiosk.letters.qr.signer import LocalSigner
from kiosk.letters.qr.text import to_text
from kiosk.letters.register.model import IssuanceEntry
from kiosk.letters.trust import trust_list
from kiosk.letters.trust.judging import judge
from kiosk.letters.trust.knowledge import Root, build
from kiosk.letters.trust.trust_list import TrustedKey, TrustList
from tests.devices.house import House, house
from tests.letters.later.letterbox import claims_of, issue, later, message_of, signer
from tests.letters.later.tsa import Tsa, served
from tests.letters.page.test_agreement import Given, in_the_browser, told

HOST, DAY = "cek.kaltim.go.id", 86_400


@dataclass
class Drill:
    """An office whose key is stolen at `stolen`: three letters before, one of them after the last timestamped head; one after."""

    office: House
    tsa: Tsa
    key: LocalSigner
    root: LocalSigner
    good: list[bytes]
    unproven: bytes
    late: bytes
    stolen: datetime

    def established(self, before: datetime | None = None, tsa: Tsa | None = None) -> Established:
        authorities = stamps.authorities_in((tsa or self.tsa).ca)
        with self.office.node.reading() as session:
            return drill.established(session, "kaltim", self.key.kid.hex().upper(), before=before or self.stolen, authorities=authorities)

    def given(self, proven: bytes | None) -> Given:
        """The trust list after the theft; None: before."""
        now = int(self.stolen.timestamp())
        key = TrustedKey(self.key.kid, self.key.public, "kaltim", now - 30 * DAY, now + 30 * DAY, trust_list.LETTERS)
        if proven is not None:
            key = replace(key, revoked_at=now, reason=trust_list.COMPROMISE)
        content = TrustList(7, now, now + 30 * DAY, {"kaltim": ("DPMPTSP", HOST)}, (key,), {key.kid: proven} if proven else {})
        message = sign1.make(trust_list.encode(content), self.root, aad.TRUST)
        return Given("drill", (Root(self.root.public, "DPMPTSP", "kaltim"),), [message], [])

    def verdicts(self, messages: list[bytes], proven: bytes | None) -> list[tuple[str, list[str]]]:
        """What node and browser say of each code: they say the same."""
        given, now = self.given(proven), int(self.stolen.timestamp()) + 3600
        known, texts = build(given.roots, given.lists, given.revocations), [to_text(HOST, one) for one in messages]
        assert known.refused == ()
        here: list[Any] = [judge(text, known, now).as_json() for text in texts]
        assert in_the_browser([told(given), *({"text": text, "name": "drill", "now": now} for text in texts)])[1:] == here
        return [(one["verdict"], [why for why in one["reasons"] if not why.startswith("revocations_")]) for one in here]


@pytest.fixture(scope="module")
def stolen_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    tsa, key, other = Tsa(tmp_path_factory.mktemp("tsa")), signer(), signer()
    with house(tmp_path_factory.mktemp("office") / "data", now=datetime.now(UTC) - timedelta(days=2)) as office, served(tsa) as address:
        office.node.settings.timestamp_url, office.node.settings.timestamp_ca = address, tsa.ca

        def stamp() -> datetime:
            taken = timestamps.take(office.node.settings, read=office.node.read, write=office.node.writer.write, now=lambda: office.now)
            assert taken is not None
            return taken.at

        good = [issue(office, key, serial) for serial in (1, 2)]
        issue(office, other, 3)
        last = stamp()
        unproven = issue(office, key, 4)
        time.sleep(max(0.0, (last + timedelta(seconds=1.1) - datetime.now(UTC)).total_seconds()))
        stolen = last + timedelta(seconds=1)
        later(office, hours=1)
        late = issue(office, key, 5)
        assert stamp() >= stolen, "a head after the theft, which proves nothing"
        yield Drill(office, tsa, key, signer(), good, unproven, late, stolen)


@pytest.fixture
def mended(stolen_key: Drill) -> Iterator[Drill]:
    """The drill, with everything as it was when the test is over."""
    tables = [table_of(IssuanceEntry), table_of(LogTimestamp)]
    with stolen_key.office.node.reading() as session:
        kept = {table: [dict(row) for row in session.connection().execute(table.select()).mappings()] for table in tables}
    yield stolen_key

    def mend(session: Any) -> None:
        for table, rows in kept.items():
            session.connection().execute(table.delete())
            session.connection().execute(table.insert(), rows)

    stolen_key.office.do(mend)


def forged(stolen_key: Drill) -> bytes:
    """Signed with the stolen key: the serial and number of a letter that stays good, another name, and a date long before the theft."""
    before = int((stolen_key.stolen - timedelta(days=2)).timestamp())
    return message_of(stolen_key.key, claims_of(1, before, "Pemalsu"))


def test_before_the_theft_everything_that_the_key_signed_is_genuine_the_forgery_too(stolen_key: Drill):
    """That is why there is a drill: nothing in the forgery shows that it is one."""
    all_of_them = [*stolen_key.good, stolen_key.unproven, stolen_key.late, forged(stolen_key)]
    assert {verdict for verdict, _ in stolen_key.verdicts(all_of_them, None)} == {"code_genuine"}


def test_after_it_letters_before_the_timestamp_stay_good_and_all_others_are_lost(stolen_key: Drill):
    found = stolen_key.established()
    assert (found.count, found.position) == (2, 3)
    said = stolen_key.verdicts([*stolen_key.good, stolen_key.unproven, stolen_key.late, forged(stolen_key)], found.hashes)
    assert said == [("code_genuine", [])] * 2 + [("revoked", ["key_compromised"])] * 3


def test_the_file_is_what_the_trust_list_takes(stolen_key: Drill):
    found = stolen_key.established()
    payloads = [hashlib.sha256(sign1.read(one).payload).digest()[:16] for one in stolen_key.good]
    assert found.hashes == b"".join(sorted(payloads))
    assert _hashes(found.hashes) == found.hashes


def test_without_established_letters_nothing_of_the_key_is_left(stolen_key: Drill):
    assert stolen_key.verdicts(stolen_key.good, b"") == [("revoked", ["key_compromised"])] * 2


def test_a_theft_before_the_first_timestamp_leaves_nothing(stolen_key: Drill):
    with pytest.raises(NoTimestampBefore):
        stolen_key.established(before=stolen_key.stolen - timedelta(days=1))


def test_a_line_that_the_thief_put_into_the_log_afterwards_is_found(mended: Drill):
    claims_hash = hashlib.sha256(sign1.read(forged(mended)).payload).hexdigest()
    table = table_of(IssuanceEntry)
    mended.office.do(lambda s: s.connection().execute(update(table).where(table.c.position == 2).values(claims_hash=claims_hash)) and None)
    with pytest.raises(LogDiffers):
        mended.established()


def test_a_timestamp_that_was_moved_to_another_head_or_an_earlier_time_is_found(mended: Drill):
    table = table_of(LogTimestamp)
    newest = next(row for row in mended.office.rows(IssuanceEntry) if row.position == 5)
    early = (mended.stolen - timedelta(days=1)).isoformat(timespec="microseconds")
    mended.office.do(lambda s: s.connection().execute(update(table).where(table.c.position == 5).values(at=early)) and None)
    with pytest.raises(NoTimestampBefore):
        mended.established()
    mended.office.do(lambda s: s.connection().execute(table.delete().where(table.c.position == 5)) and None)
    mended.office.do(lambda s: s.connection().execute(table.update().values(head=newest.hash, position=5)) and None)
    with pytest.raises(StampRefused):
        mended.established()


def test_a_token_of_another_authority_establishes_nothing(stolen_key: Drill, tmp_path: Path):
    with pytest.raises(StampRefused):
        stolen_key.established(tsa=Tsa(tmp_path))
