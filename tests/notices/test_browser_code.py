"""What decides in the browser is plain JavaScript; its rules run with Node."""

import shutil
import subprocess
import sys
from pathlib import Path


def test_the_islands_keep_their_rules():
    node = Path(sys.executable).with_name("node")
    rules = Path(__file__).with_name("notices.test.mjs")
    ran = subprocess.run(
        [str(node) if node.exists() else shutil.which("node") or "node", "--test", str(rules)], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stdout[-4000:]
