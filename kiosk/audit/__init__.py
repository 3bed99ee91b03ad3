"""The audit trail: who did what, when and on which device, and whether all of it is still there."""
