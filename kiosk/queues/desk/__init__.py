"""The page at an officer's counter."""
