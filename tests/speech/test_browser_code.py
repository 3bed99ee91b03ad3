"""The player's own rules are JavaScript tests; this runs them with Node."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_the_player_keeps_its_rules() -> None:
    node = Path(sys.executable).with_name("node")
    rules = sorted(HERE.glob("*.test.mjs"))
    assert len(rules) == 3
    command = [str(node) if node.exists() else shutil.which("node") or "node", "--test", *map(str, rules)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:]
