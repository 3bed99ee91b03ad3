"""When something that failed is tried again. Pure."""

from datetime import timedelta

FIRST, LONGEST = timedelta(seconds=30), timedelta(hours=1)


def pause(failed_attempts: int) -> timedelta:
    """How long to leave the certified signer alone after so many failures in a row: twice as long each time, at most an hour.

    >>> [int(pause(n).total_seconds()) for n in (0, 1, 2, 7, 8, 1000)]
    [0, 30, 60, 1920, 3600, 3600]
    """
    return min(LONGEST, FIRST * 2 ** min(failed_attempts - 1, 20)) if failed_attempts > 0 else timedelta()
