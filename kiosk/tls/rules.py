"""Which names an office may have certificates for, and how a fingerprint is written. No file, no clock, no key."""

import ipaddress
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from kiosk.tls.errors import BadHost

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Host = str | Address
Subtree = str | Network

AUTHORITY_DAYS = 5 * 365
SERVER_DAYS = 396  # with the hour before it below 397; browsers take at most 398 from public authorities
WARN_DAYS = 30
EARLIER = timedelta(hours=1)  # a tablet's clock may be a little behind
PASSPHRASE_LEAST = 12
ALWAYS: tuple[Host, ...] = ("localhost", ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")
# Endings that no public registry gives away: RFC 6761 (test), RFC 6762 (local, and appendix G), ICANN 2024 (internal).
INNER = frozenset({"test", "local", "lan", "home", "corp", "private", "intranet", "internal"})


def host(text: str) -> Host:
    """A host name in lower case, or an address of a private network (RFC 1918, RFC 4193, link-local). Raises `BadHost`.

    A permitted name permits all names below it (RFC 5280, section 4.2.1.10), so that "go.id" would be every ministry.

    >>> host("Kios.Test"), host("192.168.1.10")
    ('kios.test', IPv4Address('192.168.1.10'))
    """
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return _name(text)
    if not address.is_private or address.is_unspecified or address.is_multicast or (address.is_reserved and not address.is_loopback):
        raise BadHost(host=text, reason="only addresses of a private network, such as 192.168.1.10")
    return address


def _name(text: str) -> str:
    name = text.lower().removesuffix(".")
    labels = name.split(".")
    if name == "localhost":
        return name
    if len(name) > 253 or not all(LABEL.match(label) for label in labels) or labels[-1].isdecimal():
        raise BadHost(host=text, reason="a host name has letters a to z, digits, hyphens and dots")
    if len(labels) < (2 if labels[-1] in INNER else 3):
        raise BadHost(host=text, reason="too wide; such as kios.lan, kios.local or kios.dinas.go.id")
    return name


def hosts(texts: Iterable[str]) -> tuple[Host, ...]:
    """The hosts in their order, each once, then this machine itself. Raises `BadHost`."""
    return tuple(dict.fromkeys([*(host(text) for text in texts), *ALWAYS]))


def subtree(one: Host) -> Subtree:
    """What a name constraint permits for `one`: the name (and what is below it), or the address alone."""
    return one if isinstance(one, str) else ipaddress.ip_network(one)


def permits(permitted: Sequence[Subtree], one: Host) -> bool:
    """Whether a constraint with these subtrees lets `one` through (RFC 5280, section 4.2.1.10).

    >>> permits(["kios.test"], "a.kios.test"), permits(["kios.test"], "mykios.test")
    (True, False)
    """
    if isinstance(one, str):
        return any(isinstance(name, str) and (one == name or one.endswith(f".{name}")) for name in permitted)
    return any(not isinstance(net, str) and net.version == one.version and one in net for net in permitted)


def written(permitted: Iterable[Subtree | Host]) -> str:
    """Names and addresses for a sentence, an address without the length of its network."""
    return ", ".join(str(one).removesuffix("/32").removesuffix("/128") for one in permitted)


def fingerprint(digest: bytes) -> str:
    """A SHA-256 in sixteen groups of four, to be compared by eye.

    >>> fingerprint(bytes(range(32)))[:19]
    '0001 0203 0405 0607'
    """
    text = digest.hex().upper()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def days_left(not_after: datetime, now: datetime) -> int:
    """Whole days until the end; negative after it.

    >>> from datetime import UTC
    >>> days_left(datetime(2026, 3, 12, tzinfo=UTC), datetime(2026, 3, 11, 12, tzinfo=UTC))
    0
    """
    return (not_after - now).days
