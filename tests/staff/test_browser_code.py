"""The sign-in island's own rules are JavaScript tests; this runs them with Node."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_the_sign_in_page_keeps_its_rules():
    node = Path(sys.executable).with_name("node")
    command = [str(node) if node.exists() else str(shutil.which("node")), "--test", str(HERE / "sign_in.test.mjs")]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:]
