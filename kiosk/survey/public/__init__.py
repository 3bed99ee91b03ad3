"""The current index where everybody sees it: the public page, and a line on the board in the hall."""
