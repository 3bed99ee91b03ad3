"""What a verifier knows: the roots that it pins, the lists that they signed, and the revocations of each office."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kiosk.letters.qr import aad, sign1
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.qr.signer import kid_of
from kiosk.letters.trust import revocations, trust_list
from kiosk.letters.trust.revocations import Revocations
from kiosk.letters.trust.trust_list import MOST_BYTES, NODE, ROOT, Root, TrustedKey, TrustList

__all__ = ["Knowledge", "Refusal", "Refused", "Root", "build", "certified", "read_list", "read_revocations", "supersedes"]


class Refused(ValueError):
    """A list or revocations that do not count here.

    `reason`: one of a letter's reasons for what cannot be read, or signature_wrong, root_unknown, key_unknown, key_not_for_revocations,
    key_not_valid_then, office_foreign (speaks for an office that is not the signer's), older, sequence_reused (other content).
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Refusal:
    """A message that was left out: the `place`th of the "lists" or "revocations" (`kind`), and why."""

    kind: str
    place: int
    reason: str


@dataclass(frozen=True)
class Knowledge:
    """Lists and revocations that hold, the most general root's list first, and what was refused."""

    roots: tuple[Root, ...] = ()
    lists: tuple[TrustList, ...] = ()
    revocations: dict[str, Revocations] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()

    def named(self, kid: bytes) -> Iterator[tuple[TrustList, TrustedKey]]:
        """Every key of that name, in each list; two different ones may share it."""
        return ((one, key) for one in self.lists for key in one.keys if key.kid == kid)

    def office(self, office: str) -> tuple[str, str]:
        """Name and check host ("" when unknown) of an office, as the most general list has them. Raises KeyError."""
        return next(one.offices[office] for one in self.lists if office in one.offices)


def read_list(message: bytes, roots: Iterable[Root]) -> TrustList:
    """The trust list in `message`, signed by one of `roots` and within what that one may say. Raises `Refused`."""
    signed = _opened(message)
    named = [root for root in roots if kid_of(root.public) == signed.kid]
    root = next((root for root in named if signed.holds(root.public, aad.TRUST)), None)
    if root is None:
        raise Refused("signature_wrong" if named else "root_unknown")
    try:
        content = trust_list.decode(signed.payload)
    except Malformed as fault:
        raise Refused(fault.reason) from None
    if root.office is not None and set(content.offices) - {root.office}:
        raise Refused("office_foreign")
    return replace(content, root=root)


def certified(above: TrustList) -> list[tuple[Root, TrustedKey]]:
    """The roots that a pinned root's list names, each for its office alone."""
    return [(Root(key.public, above.offices[key.office][0], key.office), key) for key in above.keys if key.purpose == ROOT]


def read_revocations(message: bytes, lists: Iterable[TrustList]) -> Revocations:
    """The revocations in `message`, signed by a node key that `lists` have for that office. Raises `Refused`.

    The key must have been good when they were issued; whether they are stale is told when a letter is judged.
    """
    signed = _opened(message)
    named = [key for one in lists for key in one.keys if key.kid == signed.kid]
    if not named:
        raise Refused("key_unknown")
    held = [key for key in named if signed.holds(key.public, aad.REVOCATIONS)]
    if not held:
        raise Refused("signature_wrong")
    nodes = [key for key in held if key.purpose == NODE]
    if not nodes:
        raise Refused("key_not_for_revocations")
    try:
        content = revocations.decode(signed.payload)
    except Malformed as fault:
        raise Refused(fault.reason) from None
    own = [key for key in nodes if key.office == content.office]
    if not own:
        raise Refused("office_foreign")
    # The same key may stand in two lists, of which only one has heard that it was revoked.
    if not any(key.covers(content.issued) for key in own) or any(key.is_revoked_for(content.issued) for key in own):
        raise Refused("key_not_valid_then")
    return content


def supersedes(new: TrustList | Revocations, known: TrustList | Revocations | None) -> bool:
    """Whether `new` takes the place of what is known of the same root or office; False for the very same once more.

    Raises `Refused`: older, or sequence_reused for another content under the same sequence.
    """
    if known is None or new.sequence > known.sequence:
        return True
    if new.sequence < known.sequence:
        raise Refused("older")
    if new != known:
        raise Refused("sequence_reused")
    return False


def build(roots: Iterable[Root], lists: Sequence[bytes], revocation_messages: Sequence[bytes]) -> Knowledge:
    """What these messages tell somebody who pins `roots`; those that do not hold are named in `refused`."""
    pinned = tuple(roots)
    held, refused = _lists(pinned, lists)
    newest: dict[str, Revocations] = {}
    for place, message in enumerate(revocation_messages):
        try:
            read = read_revocations(message, held)
            if supersedes(read, newest.get(read.office)):
                newest[read.office] = read
        except Refused as why:
            refused.append(Refusal("revocations", place, why.reason))
    return Knowledge(pinned, held, newest, tuple(refused))


def _lists(pinned: Sequence[Root], messages: Sequence[bytes]) -> tuple[tuple[TrustList, ...], list[Refusal]]:
    """The lists of the pinned roots, then those of the roots which these name: one step, no further."""
    newest: dict[bytes, TrustList] = {}
    unknown = _take(newest, list(enumerate(messages)), dict.fromkeys(pinned))
    below = {root: (above, key) for above in _in_order(newest) for root, key in certified(above)}
    refused = [one for one in unknown if one.reason != "root_unknown"]
    again = [(one.place, messages[one.place]) for one in unknown if one.reason == "root_unknown"]
    refused += _take(newest, again, below)
    return _in_order(newest), sorted(refused, key=lambda one: one.place)


def _take(
    newest: dict[bytes, TrustList], messages: list[tuple[int, bytes]], roots: Mapping[Root, tuple[TrustList, TrustedKey] | None]
) -> list[Refusal]:
    """Put into `newest` (by the root's public key) what one of `roots` signed; give back what was refused."""
    refused = []
    for place, message in messages:
        try:
            read = read_list(message, roots)
            above = roots[read.root] if read.root else None
            if above:
                read = _resting(read, *above)
            if read.root and supersedes(read, newest.get(read.root.public)):
                newest[read.root.public] = read
        except Refused as why:
            refused.append(Refusal("lists", place, why.reason))
    return refused


def _resting(read: TrustList, above: TrustList, key: TrustedKey) -> TrustList:
    """`read` as resting on the list that names its root. Raises `Refused` when the root was not good when it signed."""
    if not key.covers(read.issued) or key.is_revoked_for(read.issued):
        raise Refused("key_not_valid_then")
    return replace(read, upon=above)


def _in_order(newest: dict[bytes, TrustList]) -> tuple[TrustList, ...]:
    """The lists that speak for every office first, certified ones last."""
    return tuple(sorted(newest.values(), key=lambda one: (one.upon is not None, one.root is None or one.root.office is not None)))


def _opened(message: bytes) -> sign1.Sign1:
    """The message's parts. Raises `Refused`."""
    if len(message) > MOST_BYTES:
        raise Refused("too_large")
    try:
        return sign1.read(message)
    except Malformed as fault:
        raise Refused(fault.reason) from None
