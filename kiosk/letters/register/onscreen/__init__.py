"""The page of the letters: list, form, preview."""
