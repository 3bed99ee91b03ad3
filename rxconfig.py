"""Reflex reads this file from the working directory; the settings live in the package."""

from kiosk.ui.reflex_config import config  # noqa: F401
