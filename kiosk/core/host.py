"""The host of an address as people and letters' codes spell it: what a setting may say, and what a code may hold."""

import re

# A name or an IPv4 address, with a port where it needs one; 253 characters are the most that DNS has (RFC 1035, 2.3.4).
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
