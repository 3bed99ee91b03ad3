"""Every test but the long ones, in two halves side by side: `make test`.

What drives a browser or kills processes waits most of its time, so the two take little more than the longer one. Not test by test:
browser tests come last in a process (tests/conftest.py), and a module's node serves all tests of its module."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APART = ("tests/e2e", "tests/faults")
PYTEST = (sys.executable, "-m", "pytest", "-q", "-m", "not soak", "--durations=10")


def main() -> int:
    """Exit status: 0 when both halves passed."""
    with tempfile.TemporaryFile("w+") as said:
        rest = subprocess.Popen([*PYTEST, *(f"--ignore={folder}" for folder in APART)], cwd=ROOT)
        apart = subprocess.Popen([*PYTEST, *APART], cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            rest.wait()
            apart.wait()
        except KeyboardInterrupt:  # both were told, too: they stop the servers that they started
            rest.wait()
            apart.wait()
        said.seek(0)
        print(f"\n{' and '.join(APART)}, which ran beside it:\n{said.read()}", flush=True)
    failed = bool(rest.returncode or apart.returncode)
    print("make test:", "failed" if failed else "passed", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
