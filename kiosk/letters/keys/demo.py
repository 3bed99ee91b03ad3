"""The demonstration's root and keys, for offices without any."""

from kiosk.core.config import Settings

PASSPHRASE = "demonstrasi"  # noqa: S105 (everybody may know it)


def make(settings: Settings) -> None:
    """Root, keys, certificates and trust list below the data folder, with `PASSPHRASE`; nothing where they are already."""
    raise NotImplementedError
