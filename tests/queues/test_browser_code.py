"""What decides in the browser is plain JavaScript; its rules run with Node."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_the_islands_keep_their_rules():
    node = Path(sys.executable).with_name("node")
    rules = sorted(HERE.glob("*.test.mjs"))
    assert len(rules) == 5
    command = [str(node) if node.exists() else shutil.which("node") or "node", "--test", *map(str, rules)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout[-4000:]
