"""The admin's list of devices: lines of it, and the page."""
