"""What the golden vectors are judged with: name -> pinned roots and the messages that a verifier was given, good and bad."""

from dataclasses import replace
from typing import Any

from kiosk.letters.qr import aad, cbor, sign1
from kiosk.letters.trust import revocations, trust_list
from kiosk.letters.trust.knowledge import Root
from tests.letters.ground import DAY, KALTIM, LIST, NOW, OWN, PROVINCE, REVOKED, SIGNERS, key, listed, only, revoked

Given = tuple[tuple[Root, ...], list[bytes], list[bytes]]  # pinned roots, lists, revocations

BERAU_ROOT = key("berau-root", "berau", trust_list.ROOT)
LOST_ROOT = key("lost-root", "berau", trust_list.ROOT, revoked_at=NOW - DAY, reason=trust_list.COMPROMISE)
FAR_ROOT = key("far-root", "berau", trust_list.ROOT)
ABOVE = replace(LIST, keys=(*only("kaltim").keys, BERAU_ROOT, LOST_ROOT))
BELOW = only("berau", replace(LIST, sequence=9))
OTHERS = replace(BELOW, sequence=1, keys=(key("stranger", "berau"),))
LIST_FIELDS = cbor.decode(trust_list.encode(LIST))
REVOKED_FIELDS = cbor.decode(revocations.encode(REVOKED))


def listing(changed: dict[int, Any], by: str = "province-root") -> bytes:
    """A list with some fields another, which no reader may take, signed."""
    return sign1.make(cbor.encode({**LIST_FIELDS, **changed}), SIGNERS[by], aad.TRUST)


def entry(place: int, value: Any) -> bytes:
    """A list whose one key has one part another, signed."""
    whole = LIST_FIELDS[6][1]
    return listing({6: [[*whole[:place], value, *whole[place + 1 :]]]})


def revoking(changed: dict[int, Any], by: str = "node") -> bytes:
    """Revocations with some fields another, signed."""
    return sign1.make(cbor.encode({**REVOKED_FIELDS, **changed}), SIGNERS[by], aad.REVOCATIONS)


def packed(bits: bytes) -> bytes:
    """A bitstring as field 6 has it."""
    return cbor.decode(revocations.encode(replace(REVOKED, bits=bits, details={})))[6]


def bomb() -> bytes:
    """A gzip member of a few kB that unpacks to 10 MB."""
    import gzip

    return gzip.compress(bytes(10_000_000), mtime=0)


KEPT = packed(REVOKED.bits)
NEWER_KEYS = tuple(replace(one, revoked_at=None, reason=None) for one in LIST.keys)

BAD_LISTS = [
    listed(LIST, "stranger-root"),
    listed(LIST)[:-1] + b"\0",
    sign1.make(trust_list.encode(LIST), SIGNERS["province-root"], aad.LETTER),
    listing({1: 2}),
    listing({2: -1}),
    listing({2: 2**53}),
    listing({4: LIST.issued - 1}),
    listing({5: {"kaltim": [KALTIM, "cek.kaltim.go.id"]}}),
    listing({5: {"kaltim": [KALTIM, "CEK.kaltim.go.id"], "berau": ["Berau", ""]}}),
    listing({5: {"kaltim": [KALTIM, "a/b"], "berau": ["Berau", ""]}}),
    listing({5: {"kaltim": ["Kantor \u202e", ""], "berau": ["Berau", ""]}}),
    listing({7: {SIGNERS["letters"].kid: bytes(15)}}),
    listing({7: {SIGNERS["letters"].kid: bytes(32)}}),
    listing({8: 1}),
    entry(0, b"short"),
    entry(1, -35),
    entry(2, b"\x02" + bytes(64)),
    entry(4, NOW + 66 * DAY),
    entry(6, "anything"),
    entry(7, NOW),
    entry(8, 1),
    sign1.make(cbor.encode({1: 1}), SIGNERS["province-root"], aad.TRUST),
    listed(LIST) + b"\0",
    b"",
]
BAD_REVOCATIONS = [
    revoked(by="stranger"),
    revoked(by="letters"),
    revoked(by="berau-node"),
    revoked(by="lost-node"),
    revoked()[:-1] + b"\0",
    revoked(replace(REVOKED, issued=NOW - 301 * DAY, next_update=NOW)),
    revoking({6: bomb()}),
    revoking({6: KEPT[:-4]}),
    revoking({6: KEPT + KEPT}),
    revoking({6: b"plain"}),
    revoking({7: {9: [NOW, 1]}}),
    revoking({7: {7: [NOW, 5]}}),
    revoking({7: {7: [NOW]}}),
    revoking({7: {"7": [NOW, 1]}}),
    revoking({8: 0}),
    sign1.make(cbor.encode({1: 1}), SIGNERS["node"], aad.REVOCATIONS),
]

KNOWLEDGE: dict[str, Given] = {
    "province": ((PROVINCE,), [listed(LIST)], [revoked()]),
    "own-root": ((OWN,), [listed(only("kaltim"), "kaltim-root")], [revoked()]),
    "certified": (
        (PROVINCE,),
        [
            listed(BELOW, "berau-root"),
            listed(ABOVE),
            listed(replace(BELOW, sequence=10, keys=(*BELOW.keys, FAR_ROOT)), "berau-root"),
            listed(OTHERS, "far-root"),
            listed(OTHERS, "lost-root"),
            listed(LIST, "berau-root"),
        ],
        [revoked(), revoked(replace(REVOKED, office="berau"), "berau-node")],
    ),
    "stale": (
        (PROVINCE,),
        [listed(replace(LIST, next_update=NOW - 1))],
        [revoked(replace(REVOKED, next_update=NOW - 1))],
    ),
    "no-revocations": ((PROVINCE,), [listed(LIST)], []),
    "nothing": ((), [], []),
    "older": (
        (PROVINCE,),
        [listed(LIST), listed(replace(LIST, sequence=2, keys=NEWER_KEYS)), listed(replace(LIST, keys=NEWER_KEYS)), listed(LIST)],
        [revoked(), revoked(replace(REVOKED, sequence=11)), revoked(replace(REVOKED, bits=b"", details={})), revoked()],
    ),
    "bad-messages": ((PROVINCE,), [listed(LIST), *BAD_LISTS], [revoked(), *BAD_REVOCATIONS]),
}
