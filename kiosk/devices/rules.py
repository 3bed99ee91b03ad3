"""Who is calling: what the peer's address and the headers prove, and what they do not."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

# RFC 7239, and what proxies sent before it: any of these says that the peer is not the one who asked.
FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip", "cf-connecting-ip"})
THIS_MACHINE = re.compile(r"(localhost|127\.0\.0\.1)(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Caller:
    """One request: the address at the other end of the connection, and the headers as (name in lower case, value)."""

    peer: str | None
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        """Every value of the header `name`; a header that came twice has two."""
        return [value for given, value in self.headers if given == name]


def is_here(caller: Caller) -> bool:
    """Whether the request was made on this machine: a loopback peer, and no proxy in between that says otherwise.

    >>> is_here(Caller("127.0.0.1", ()))
    True
    >>> is_here(Caller("192.168.1.7", ()))
    False
    >>> is_here(Caller("127.0.0.1", (("x-forwarded-for", "127.0.0.1"),)))
    False
    """
    forwarded = any(name in FORWARDING or name.startswith("x-forwarded") for name, _ in caller.headers)
    return not forwarded and _is_loopback(caller.peer)


def _is_loopback(peer: str | None) -> bool:
    try:
        address = ip_address(peer or "")
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def may_enrol_itself(caller: Caller, *, demo: bool) -> bool:
    """Whether this browser gets a device token without a person: only in the demonstration, on this machine, from our own page.

    The Host must name this machine, so that a foreign name made to point here (DNS rebinding) is not enough; and the
    browser must say that the page is ours (Origin, or Sec-Fetch-Site of W3C Fetch Metadata), so that no other page can ask.

    >>> page = (("host", "localhost:8000"), ("origin", "http://localhost:8000"), ("sec-fetch-site", "same-origin"))
    >>> may_enrol_itself(Caller("127.0.0.1", page), demo=True), may_enrol_itself(Caller("127.0.0.1", page), demo=False)
    (True, False)
    >>> may_enrol_itself(Caller("127.0.0.1", (("host", "evil.example"), ("origin", "http://evil.example"))), demo=True)
    False
    >>> may_enrol_itself(Caller("127.0.0.1", (("host", "localhost:8000"), ("origin", "http://evil.example"))), demo=True)
    False
    """
    hosts = caller.values("host")
    named_here = len(hosts) == 1 and THIS_MACHINE.fullmatch(hosts[0]) is not None
    return demo and is_here(caller) and named_here and _is_own_page(caller, {f"http://{hosts[0]}", f"https://{hosts[0]}"})


def _is_own_page(caller: Caller, own: set[str]) -> bool:
    origins, sites = caller.values("origin"), caller.values("sec-fetch-site")
    told = bool(origins or sites)
    return told and all(origin in own for origin in origins) and all(site == "same-origin" for site in sites)


def is_foreign(caller: Caller, allowed: frozenset[str]) -> bool:
    """Whether a browser says that another page sent this. A script says nothing, and is not stopped by this.

    >>> ours = frozenset({"http://localhost:8000"})
    >>> is_foreign(Caller(None, (("origin", "http://localhost:8000"),)), ours), is_foreign(Caller(None, ()), ours)
    (False, False)
    >>> is_foreign(Caller(None, (("origin", "null"),)), ours), is_foreign(Caller(None, (("sec-fetch-site", "cross-site"),)), ours)
    (True, True)
    """
    return any(origin not in allowed for origin in caller.values("origin")) or any(
        site not in ("same-origin", "none") for site in caller.values("sec-fetch-site")
    )
