"""How the line to the centre stands, for the admin."""
