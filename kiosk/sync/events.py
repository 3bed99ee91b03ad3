"""Events that belong to no room."""

from kiosk.sync import feed_events

__all__ = ["feed_events"]
