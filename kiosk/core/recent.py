"""What was just read, remembered for a moment: so that a request costs no read, and a revocation still holds at once."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """Values by key, each for `seconds`. At most `keys` of them: then it starts empty again."""

    def __init__(self, *, seconds: float, keys: int = 4096, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._keys, self._clock = seconds, keys, clock
        self._kept: dict[str, tuple[float, V]] = {}
        self.forgotten = 0  # how often something had to be forgotten: what was read before that may be old

    def get(self, key: str) -> V | None:
        """The value, or None when there is none that is fresh."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and self._clock() - kept[0] < self._seconds else None

    def put(self, key: str, value: V) -> None:
        """Remember `value` from now on."""
        if len(self._kept) >= self._keys:
            self._kept.clear()
        self._kept[key] = (self._clock(), value)

    def forget(self, key: str) -> None:
        """Read it again next time."""
        self.forgotten += 1
        self._kept.pop(key, None)

    def forget_all(self) -> None:
        """Read everything again next time."""
        self.forgotten += 1
        self._kept.clear()
