"""Where this node answers over HTTPS: told once, at the start, by whoever serves."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.errors import KioskError

USUAL = 443


@dataclass(frozen=True)
class Https:
    """`hosts` as a certificate names them, the one that links lead to first; `problem` says why HTTPS is not served after all.

    `public`: whether browsers trust the certificate without the office's own authority. `outside`: the address when a router
    leads another port here. `until`: the last moment of the certificate that is served.
    """

    hosts: tuple[str, ...]
    port: int
    public: bool = False
    problem: KioskError | None = None
    outside: str | None = None
    until: datetime | None = None

    @property
    def address(self) -> str | None:
        """Scheme, host and port of the node over HTTPS, without a slash at the end; None with a `problem`."""
        if self.problem or not self.hosts:
            return None
        return self.outside or origin(self.hosts[0], self.port)

    @property
    def origins(self) -> frozenset[str]:
        """Every origin (RFC 6454) at which the certificate is right."""
        return frozenset() if self.problem else frozenset(origin(host, self.port) for host in self.hosts)


def origin(host: str, port: int) -> str:
    """As a browser writes it.

    >>> origin("kios.test", 443), origin("fd00::5", 8443)
    ('https://kios.test', 'https://[fd00::5]:8443')
    """
    name = f"[{host}]" if ":" in host else host
    return f"https://{name}" if port == USUAL else f"https://{name}:{port}"


_told: Https | None = None


def tell(https: Https | None) -> None:
    """Say where HTTPS is served; None where it is not wanted."""
    global _told  # noqa: PLW0603 (one node a process: this is where it is)
    _told = https


def https() -> Https | None:
    """What was told; None when this node has no certificate or KIOSK_TLS is off."""
    return _told
