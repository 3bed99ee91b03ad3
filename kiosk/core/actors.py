"""Who did it, in one line that the audit chain keeps: `staff:<account>@<place>`, `device:<place>`, `cli`, `seed`, `demo` or `node`.

A place is the id of an enrolled device, or "here" for the office computer itself. Never a visitor.
"""

from dataclasses import dataclass

HERE = "here"


def staff_actor(account_id: str, place: str) -> str:
    """A member of staff at a device.

    >>> staff_actor("0190", "here")
    'staff:0190@here'
    """
    return f"staff:{account_id}@{place}"


def device_actor(place: str) -> str:
    """A device by itself, or whoever stood before it without a name.

    >>> device_actor("0191")
    'device:0191'
    """
    return f"device:{place}"


@dataclass(frozen=True)
class Actor:
    """What an actor's line says. `kind` is "staff", "device" or the word itself; `account` and `place` where it tells them."""

    kind: str
    account: str | None = None
    place: str | None = None


def read_actor(line: str) -> Actor:
    """The parts of an actor's line; a line that is none of ours is a kind of its own.

    >>> read_actor("staff:0190@here")
    Actor(kind='staff', account='0190', place='here')
    >>> read_actor("device:0191"), read_actor("cli")
    (Actor(kind='device', account=None, place='0191'), Actor(kind='cli', account=None, place=None))
    """
    kind, _, rest = line.partition(":")
    if kind == "device":
        return Actor(kind, place=rest)
    if kind == "staff":
        account, _, place = rest.partition("@")
        return Actor(kind, account, place or None)
    return Actor(line)
