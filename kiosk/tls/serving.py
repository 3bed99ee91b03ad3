"""What the server asks before it serves and while it does: is there a certificate, is it good, where do secure links lead."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from kiosk.core.config import Settings
from kiosk.core.errors import KioskError
from kiosk.core.https import Https
from kiosk.tls import rules, store
from kiosk.tls.errors import Damaged, Expired
from kiosk.tls.store import Chain

logger = logging.getLogger("kiosk.tls")
DAY_SECONDS = 24 * 3600


def at_start(settings: Settings, now: datetime) -> Https | None:
    """HTTPS as this node can serve it; None without a certificate or with KIOSK_TLS=off.

    A certificate that is over or damaged stops HTTPS and nothing else: visitors at the touchscreen and on their phones need
    none. It comes back as `problem`, and the plain port stays as narrow as beside HTTPS.
    """
    if settings.tls == "off":
        return None
    try:
        chain = store.read_node(settings.data_dir)
        if chain is None:
            return None
        return _good(chain, settings, now)
    except KioskError as problem:
        return Https((), settings.https_port, problem=problem)
    except OSError as unread:
        file = store.node_file(settings.data_dir)
        return Https((), settings.https_port, problem=Damaged(file=file, reason=unread.strerror or "it cannot be read"))


def _good(chain: Chain, settings: Settings, now: datetime) -> Https:
    secure = settings.public_url is not None and settings.public_url.scheme == "https"
    told = Https(
        _hosts(chain, settings),
        settings.https_port,
        public=chain.authority is None,
        outside=settings.public_address if secure else None,
        until=chain.leaf.not_valid_after_utc,
    )
    if over := fault(told, now):
        raise over
    if chain.leaf.not_valid_before_utc > now:
        logger.warning("the certificate begins later than now: is the clock of this computer right?", extra={"host": told.hosts[0]})
    if secure and chain.authority is not None:
        logger.warning("KIOSK_PUBLIC_URL is https, and visitors' phones do not know the office's authority: give them an http address")
    return told


def fault(told: Https, now: datetime) -> KioskError | None:
    """Why nobody can trust what is served at this moment; None when all is well. A node may outlive its certificate."""
    if told.problem is None and told.until is not None and told.until <= now:
        return Expired(host=next(iter(told.hosts), "-"), day=told.until.date())
    return told.problem


def state(told: Https | None, now: datetime) -> dict[str, object] | None:
    """HTTPS for who watches the node: a code when it is out of order, days left, and whether it is time to renew. None without."""
    if told is None:
        return None
    wrong = fault(told, now)
    days = rules.days_left(told.until, now) if told.until else None
    return {
        "code": wrong.code if wrong else None,
        "days": days,
        "renew": wrong is not None or (days is not None and days < rules.WARN_DAYS),
    }


def _hosts(chain: Chain, settings: Settings) -> tuple[str, ...]:
    """Names of the certificate, that of KIOSK_PUBLIC_URL first when it is among them (a wildcard stands for one label)."""
    plain = [name for name in chain.hosts if not name.startswith("*")]
    wanted = settings.public_url.host if settings.public_url else None
    if wanted and (wanted in plain or f"*.{wanted.partition('.')[2]}" in chain.hosts):
        plain.insert(0, wanted)
    return tuple(dict.fromkeys(plain)) or ("localhost",)


def warn(told: Https, now: datetime) -> None:
    """One line in the log when the certificate that is served ends within thirty days, or has ended."""
    facts = state(told, now) or {}
    if wrong := fault(told, now):
        logger.error("HTTPS IS OUT OF ORDER", extra={"reason": f"{wrong.code}: {wrong}"})
    elif facts["renew"]:
        logger.warning("the certificate ends soon: renew it (kiosk tls renew) and start the node again", extra={"days": facts["days"]})


async def watch(told: Https, clock: Callable[[], datetime], *, every: float = DAY_SECONDS) -> None:
    """Warn now and once a day, for as long as the node runs."""
    while True:
        warn(told, clock())
        await asyncio.sleep(every)
