"""Whether a browser that says to hold a lane is the one that holds it: a word that changes, and who knows the last one.

With its report a device shows the word that it was given last, and now and then gets the next one. So a device that was wiped shows
none, and of two browsers with the same word one comes with a word that the other has made old. Answers get lost: a device may come
with the word before, and gets a fresh one in place of the one that never arrived.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from typing import Literal

Verdict = Literal["first", "current", "again", "adopted", "wiped", "cloned"]


@dataclass(frozen=True)
class Grant:
    """SHA-256 of three words: the last one given, the one that the device showed before it, and one that was given and then replaced."""

    now: str = ""
    before: str = ""
    replaced: str = ""


def hashed(word: str) -> str:
    """What is kept of a word; "" of none."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest() if word else ""


def judge(kept: Grant, shown: str) -> Verdict:
    """What it means that a device shows the word with the hash `shown` ("": none).

    A word that nobody knows is "adopted": the node may have been restored from an older copy. Should another browser hold the word that
    this makes old, it shows a replaced one next, and that nobody can but a second holder of the same lane.

    >>> kept = Grant(now="c", before="b", replaced="x")
    >>> [judge(kept, word) for word in ("c", "b", "z", "x", "")]
    ['current', 'again', 'adopted', 'cloned', 'wiped']
    >>> judge(Grant(), ""), judge(Grant(now="a"), "")
    ('first', 'first')
    """
    if not shown:
        return "wiped" if kept.before else "first"
    if shown == kept.now:
        return "current"
    if shown == kept.replaced:
        return "cloned"
    return "again" if shown == kept.before else "adopted"


def next_grant(kept: Grant, verdict: Verdict, fresh: str) -> Grant:
    """What is kept when the word with the hash `fresh` is given after `verdict`.

    >>> next_grant(Grant(now="b", before="a"), "current", "c")
    Grant(now='c', before='b', replaced='')
    >>> next_grant(Grant(now="b", before="a"), "again", "c")
    Grant(now='c', before='a', replaced='b')
    """
    if verdict == "current":
        return replace(kept, now=fresh, before=kept.now)
    return replace(kept, now=fresh, replaced=kept.now)


def new_word() -> str:
    """A fresh word, 128 random bits."""
    return secrets.token_urlsafe(16)
