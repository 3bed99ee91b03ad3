"""What decides on the page of enrolment is plain JavaScript; its rules run with Node."""

import subprocess
import sys
from pathlib import Path

RULES = Path(__file__).with_name("enrol.test.mjs")


def test_the_page_keeps_its_rules():
    node = Path(sys.executable).with_name("node")
    ran = subprocess.run([str(node), "--test", str(RULES)], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stdout[-4000:]
