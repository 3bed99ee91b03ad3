"""The plain JavaScript of the house, by Node's own test runner."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_rules_in_javascript():
    tests = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.test.mjs"))
    node = Path(sys.executable).parent / "node"
    libraries = ROOT / "tests/ui/libraries.mjs"
    command = [str(node), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--import", str(libraries), "--test", *tests]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert len(tests) >= 34
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
