"""PINs as argon2id hashes (RFC 9106), made and checked one at a time: each takes 64 MiB and a tenth of a second."""

import secrets
from dataclasses import dataclass
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.staff.errors import BadPin
from kiosk.staff.rules import PIN_DIGITS, pin_fault

# RFC 9106, section 4, second recommendation, with one lane: the office PC has other work to do. Six digits are few, so a
# stolen database gives the PINs away in days; what protects them while it runs is the count of wrong ones.
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_one_at_a_time = Semaphore(1)


@dataclass(frozen=True)
class NewPin:
    """A PIN to be shown once, and its hash to be kept."""

    pin: str
    pin_hash: str


def new_pin(pin: str | None = None) -> NewPin:
    """`pin`, or a random one, with its hash. Takes a tenth of a second: before the writer, never in it. Raises `BadPin`."""
    pin = pin or random_pin()
    if pin_fault(pin):
        raise BadPin(digits=PIN_DIGITS)
    return NewPin(pin, hash_pin(pin))


def hash_pin(pin: str) -> str:
    """The PIN's argon2id hash in its standard text form."""
    with _one_at_a_time:
        return HASHER.hash(pin)


def matches(pin_hash: str, pin: str) -> bool:
    """Whether `pin` is the one that was hashed. False for a hash that cannot be read."""
    with _one_at_a_time:
        try:
            return HASHER.verify(pin_hash, pin)
        except (VerificationError, InvalidHashError):
            return False


def random_pin() -> str:
    """Six random digits that are not a simple PIN."""
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
        if pin_fault(pin) is None:
            return pin
