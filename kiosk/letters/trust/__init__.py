"""Whose signature counts: the trust list, the revocations, and how they come and go."""
