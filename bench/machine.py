"""What the machine itself can do, measured in the same run: a figure means little beside nothing."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PROBE_SECONDS = 2.0


def fsync_rate(folder: Path) -> float:
    """Durable appends of 4 kB a second, one after the other, in `folder`."""
    path, block, count = folder / "fsync.probe", b"x" * 4096, 0
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    end = time.perf_counter() + PROBE_SECONDS
    while time.perf_counter() < end:
        os.write(file, block)
        os.fdatasync(file)
        count += 1
    os.close(file)
    path.unlink()
    return count / PROBE_SECONDS


def hash_rate() -> float:
    """Single-core speed: SHA-256 of 4 kB blocks a second."""
    import hashlib

    block, count = b"x" * 4096, 0
    end = time.perf_counter() + 0.5
    while time.perf_counter() < end:
        hashlib.sha256(block).digest()
        count += 1
    return count / 0.5


def resident_mb(pid: int) -> float:
    """Resident memory of a process and its children, in MB."""
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
    return total / 1024


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of so many calls of `work` took."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def percentile(values: list[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
