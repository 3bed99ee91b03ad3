"""Checking a letter on the node: files, codes, numbers."""
