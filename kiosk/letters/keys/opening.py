"""A key of this node, opened to sign with: from its file under a passphrase, or in a token under its PIN."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kiosk.core.config import Settings
from kiosk.letters.qr.signer import Signer


@dataclass(frozen=True)
class OpenedKey:
    """A key that signs. `certificate` is DER, `chain` the certificates (DER) above it, the office's authority first."""

    signer: Signer
    certificate: bytes
    chain: list[bytes]
    make_pades: Callable[[], Any]

    @cached_property
    def pades(self) -> Any:
        """What pyHanko signs a PDF with (`pyhanko.sign.signers.Signer`); made when first asked for: pyHanko takes a while to load."""
        return self.make_pades()


def open_key(settings: Settings, purpose: str, passphrase: str) -> OpenedKey:
    """The newest key for `purpose` ("letters", "node") that may sign now."""
    raise NotImplementedError
