"""The page of the staff, for the admin."""
