"""How much of a file is looked at, and for how long. A sheet of paper needs a small part of it; the rest is for who means harm."""

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 50
MOST_PIXELS = 25_000_000
MOST_WEBP_PIXELS = 8_000_000  # its decoder takes 16 bytes for each
MOST_CODES = 50  # on all pages together; what comes after is not looked at

SECONDS = 10.0  # from the file to the answer, on the clock of the wall
CPU_SECONDS = 10
# Anonymous memory of the reading process (RLIMIT_DATA); its libraries' files, 40 to 50 MB, are on top: together below 200 MB.
DATA_BYTES = 140 * 1024 * 1024
DATA_BYTES_FOR_PICTURES = 165 * 1024 * 1024  # of a process that has not loaded what PDF files need
LARGE_PIXELS = 6_000_000  # a larger picture gets such a process

AT_ONCE = 2  # processes that read
WAITING = 4  # files that wait for one
PATIENCE = 10.0  # seconds that a file waits

MOST_RECORD = 1024 * 1024  # bytes of the record in a PDF, with the office's mark in it
