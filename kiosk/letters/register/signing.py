"""What a person at the screen does with a key: open it with the passphrase that is typed at that moment, and sign."""

from kiosk.core.bucket import TokenBucket
from kiosk.core.errors import KioskError
from kiosk.core.runtime import Runtime
from kiosk.letters.keys import opening, passphrases
from kiosk.letters.keys.errors import WrongPassphrase, WrongPin
from kiosk.letters.keys.opening import OpenedKey
from kiosk.letters.register.errors import TooManyTries, WrongSecret
from kiosk.letters.register.issuing import Desk
from kiosk.letters.trust.service import knowledge_of
from kiosk.letters.trust.trust_list import LETTERS, NODE

TRIES, EVERY_S = 5, 60  # wrong passphrases of one account, then one a minute: a guess costs 1.2 million rounds besides
tries = TokenBucket(every=EVERY_S, burst=TRIES)


def desk_of(node: Runtime, actor: str) -> Desk:
    """The node of this process as a place where letters are made."""
    return Desk(node.settings, node.writer.write, node.read, actor, node.now)


def letter_key(node: Runtime, passphrase: str, account_id: str) -> OpenedKey:
    """The key that signs letters. Raises `TooManyTries`, `WrongSecret`, and what `open_key` raises when there is none."""
    return _opened(node, LETTERS, passphrase, account_id)


def node_key(node: Runtime, passphrase: str, account_id: str) -> OpenedKey:
    """The key that signs revocations; with nothing typed, the passphrase that this computer was given. Raises as `letter_key`."""
    return _opened(node, NODE, passphrase or passphrases.ready() or "", account_id)


def _opened(node: Runtime, purpose: str, passphrase: str, account_id: str) -> OpenedKey:
    if wait := tries.take(account_id):
        raise TooManyTries(wait)
    knowledge = node.read(lambda session: knowledge_of(session, node.office_id))
    try:
        key = opening.open_key(node.settings, purpose, passphrase, now=node.now(), knowledge=knowledge)
    except (WrongPassphrase, WrongPin):
        raise WrongSecret() from None
    except KioskError:
        tries.give_back(account_id)  # no passphrase was judged
        raise
    tries.give_back(account_id)
    return key
