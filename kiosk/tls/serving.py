"""What the server asks before it serves: is there a certificate, is it good, where do links over HTTPS lead."""

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
        _check_dates(chain, now)
    except KioskError as problem:
        return Https((), settings.https_port, problem=problem)
    except OSError as unread:
        file = store.node_file(settings.data_dir)
        return Https((), settings.https_port, problem=Damaged(file=file, reason=unread.strerror or "it cannot be read"))
    secure = settings.public_url is not None and settings.public_url.scheme == "https"
    outside = settings.public_address if secure else None
    return Https(_hosts(chain, settings), settings.https_port, public=chain.authority is None, outside=outside)


def _check_dates(chain: Chain, now: datetime) -> None:
    over = chain.leaf.not_valid_after_utc
    if over <= now:
        raise Expired(host=next(iter(chain.hosts), "-"), day=over.date())


def _hosts(chain: Chain, settings: Settings) -> tuple[str, ...]:
    """Names of the certificate, that of KIOSK_PUBLIC_URL first when it is among them (a wildcard stands for one label)."""
    plain = [name for name in chain.hosts if not name.startswith("*")]
    wanted = settings.public_url.host if settings.public_url else None
    if wanted and (wanted in plain or f"*.{wanted.partition('.')[2]}" in chain.hosts):
        plain.insert(0, wanted)
    return tuple(dict.fromkeys(plain)) or ("localhost",)


def warn(settings: Settings, now: datetime) -> int | None:
    """One line in the log when the certificate ends within thirty days or is not valid yet. Returns the days left."""
    chain = store.read_node(settings.data_dir)
    if chain is None:
        return None
    days = rules.days_left(chain.leaf.not_valid_after_utc, now)
    facts = {"days": days, "until": chain.leaf.not_valid_after_utc.date().isoformat(), "host": next(iter(chain.hosts), "-")}
    if days < 0:
        logger.error("the certificate is over: renew it (kiosk tls renew) and start the node again", extra=facts)
    elif days < rules.WARN_DAYS:
        logger.warning("the certificate ends soon: renew it (kiosk tls renew) and start the node again", extra=facts)
    if chain.leaf.not_valid_before_utc > now:
        logger.warning("the certificate begins later than now: is the clock of this computer right?", extra=facts)
    return days


async def watch(settings: Settings, clock: Callable[[], datetime], *, every: float = DAY_SECONDS) -> None:
    """Warn now and once a day, for as long as the node runs."""
    while True:
        try:
            await asyncio.to_thread(warn, settings, clock())
        except (KioskError, OSError) as unread:
            logger.error("the certificate cannot be read", extra={"reason": str(unread)})
        await asyncio.sleep(every)
