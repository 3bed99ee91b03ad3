"""Signed heads: how far the node's chain has come, in a form that a device can keep and hold against the node later.

A device that holds a higher head than the node knows proves that the node was restored from an older copy, also without a centre.
An unsigned claim proves nothing, or any phone could stop the hall.
"""

from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.core.chain import Head, canonical

PURPOSE = "kios-head"


def sign_head(key: Ed25519PrivateKey, office_id: str, head: Head) -> dict[str, Any]:
    """`{"office_id", "epoch", "seq", "hash", "signature"}`: the head of the office's chain, with an Ed25519 signature in hex."""
    facts = {"office_id": office_id, "epoch": head.epoch, "seq": head.seq, "hash": head.hash}
    return {**facts, "signature": key.sign(_bytes(facts)).hex()}


def read_head(key: Ed25519PublicKey, office_id: str, told: object) -> Head | None:
    """The head in `told` if this node signed it for this office; None for anything else.

    >>> pair = Ed25519PrivateKey.generate()
    >>> kept = sign_head(pair, "kaltim", Head(1, 7, "ab"))
    >>> read_head(pair.public_key(), "kaltim", kept) == Head(1, 7, "ab")
    True
    >>> read_head(pair.public_key(), "kaltim", {**kept, "seq": 8}) is None
    True
    """
    if not isinstance(told, dict) or told.get("office_id") != office_id:
        return None
    facts = {name: told.get(name) for name in ("office_id", "epoch", "seq", "hash")}
    if type(facts["epoch"]) is not int or type(facts["seq"]) is not int or not isinstance(facts["hash"], str):
        return None
    try:
        key.verify(bytes.fromhex(str(told.get("signature"))), _bytes(facts))
    except (InvalidSignature, ValueError):
        return None
    return Head(facts["epoch"], facts["seq"], facts["hash"])


def _bytes(facts: dict[str, Any]) -> bytes:
    return canonical({**facts, "purpose": PURPOSE})
