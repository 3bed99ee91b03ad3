"""What this computer is called in the office's network, for an admin who names no host."""

import ipaddress
import socket

from kiosk.tls.errors import BadHost
from kiosk.tls.rules import host

# Nothing is sent to these: a UDP socket that is "connected" only chooses the way out, and so tells this machine's own address.
ELSEWHERE = (("10.255.255.255", socket.AF_INET), ("192.168.255.255", socket.AF_INET), ("fd00::1", socket.AF_INET6))


def found() -> list[str]:
    """`<name>.local` (RFC 6762) and the private addresses of this machine."""
    addresses: list[str] = []
    for target, family in ELSEWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((target, 9))
                addresses.append(str(probe.getsockname()[0]).partition("%")[0])
        except OSError:
            continue  # no way there
    name = socket.gethostname().partition(".")[0].lower()
    candidates = [f"{name}.local", *addresses]
    return [one for one in dict.fromkeys(candidates) if _may(one)]


def _may(text: str) -> bool:
    try:
        one = host(text)
    except BadHost:
        return False
    return isinstance(one, str) or not ipaddress.ip_address(one).is_loopback
