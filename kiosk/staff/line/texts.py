"""Words about the line to the centre."""

from kiosk.core.i18n import N_

LINE = N_("Line to the centre")
CONTACT = N_("last contact")
WAITS = N_("entries wait")
NONE = N_("This office has no centre: what happens here stays here.")
