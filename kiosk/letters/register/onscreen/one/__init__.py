"""One letter beside the list."""
