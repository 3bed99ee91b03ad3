"""Events of the audit trail itself."""

from kiosk.sync.kinds import nothing

nothing("audit.checked", "audit.head")
