"""An office's node and its centre."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.centre import desk
from kiosk.sync import link
from kiosk.sync.signing import BadSignature, Reply, Request
from tests.sync.pair import pair

__all__ = ["pair", "quick_signatures"]


@pytest.fixture
def quick_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name their key instead of being signed by it: a third of the machine's time. With signatures it runs in the soak."""

    def sign(message: Request | Reply, _key: Any, key_id: str, **_: Any) -> None:
        message.headers["Signature"] = key_id

    def verify(message: Request | Reply, key_of: Callable[[str], Any]) -> str:
        key_id = message.headers["Signature"]
        if key_of(key_id) is None:
            raise BadSignature()
        return key_id

    for room in (link, desk):
        monkeypatch.setattr(room, "sign", sign)
        monkeypatch.setattr(room, "verify", verify)
