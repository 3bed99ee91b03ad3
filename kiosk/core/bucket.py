"""A token bucket for each caller: so many at once, then one every so many seconds.

Kept as one number a caller, the moment at which the bucket would be full again (the generic cell rate algorithm of
ITU-T I.371): nothing has to tick, and whole nanoseconds leave no rounding to argue about.
"""

import time
from collections.abc import Callable

NANO = 1_000_000_000


class TokenBucket:
    """Lets each key through `burst` times at once and then once every `every` seconds.

    `clock` gives nanoseconds that never go back. At most `keys` callers are remembered: those whose bucket is full again are
    forgotten first (that changes nothing for them), then whoever came first.
    """

    def __init__(self, *, every: float, burst: int, clock: Callable[[], int] = time.monotonic_ns, keys: int = 10_000) -> None:
        self._step, self._burst, self._clock, self._keys = round(every * NANO), burst, clock, keys
        self._full_at: dict[str, int] = {}

    def take(self, key: str) -> float:
        """Take a token of `key`: 0.0 when there was one, else the seconds until there is one (and nothing is taken)."""
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now)
        wait = full_at - now - (self._burst - 1) * self._step
        if wait > 0:
            return wait / NANO
        if key not in self._full_at and len(self._full_at) >= self._keys:
            self._forget(now)
        self._full_at[key] = full_at + self._step
        return 0.0

    def give_back(self, key: str) -> None:
        """Put the token that `key` took last back."""
        if key in self._full_at:
            self._full_at[key] -= self._step

    def _forget(self, now: int) -> None:
        self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        while len(self._full_at) >= self._keys:
            del self._full_at[next(iter(self._full_at))]
