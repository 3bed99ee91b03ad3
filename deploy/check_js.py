"""Style (Biome) and types (`tsc --checkJs`) of all JavaScript in `kiosk/`. Usage: python deploy/check_js.py [--write]

The programs come from `deploy/js/package-lock.json` (which names no registry) into `deploy/js/node_modules`; they are for
development only. `--write` lets Biome put right what it can.
"""

import hashlib
import platform
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from build_site import ROOT, environment

from kiosk.ui.pwa import one_text

HOME = ROOT / "deploy/js"
PROGRAMS, STAMP = HOME / "node_modules", HOME / "node_modules/.lock.sha256"
JOINED = {
    "early.js": ("screen_rules.js", "slip_code.js", "letter_code.js", "early.src.js"),
    "register.js": ("sw_rules.js", "register.src.js"),
    "sw.js": ("sw_rules.js", "sw.src.js"),
}


def install() -> None:
    """Install exactly what the lock file says, unless it is there. Raises SystemExit with npm's last lines when that fails."""
    wanted = hashlib.sha256((HOME / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=HOME, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit("JavaScript checks: npm failed\n" + "\n".join(done.stderr.splitlines()[-20:]))
    STAMP.write_text(wanted)


def join() -> None:
    """What the build puts together is checked as it runs: as one classic script each, with the names that the build fills in."""
    folder = HOME / "joined"
    folder.mkdir(exist_ok=True)
    given = 'const BUILD = "";\n/** @type {[string, string][]} */\nconst FILES = [];\n'
    for name, parts in JOINED.items():
        (folder / name).write_text(f"{'' if name == 'early.js' else given}{one_text(*parts)}\nexport {{}};\n")


def run(*command: str) -> int:
    """Run one of the programs from the project's root; its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def main() -> int:
    """0 when everything is in order."""
    install()
    join()
    # Biome's program itself: its npm wrapper wants to know of eight other systems.
    biome = str(PROGRAMS / f"@biomejs/cli-linux-{'arm64' if platform.machine() == 'aarch64' else 'x64'}/biome")
    tsc = str(PROGRAMS / "typescript/bin/tsc")
    scripts = sorted({str(path.relative_to(ROOT)) for kind in ("*.js", "*.jsx") for path in (ROOT / "kiosk").rglob(kind)})
    tests = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.test.mjs"))
    words = ["check", "--config-path=deploy/js", "--error-on-warnings", *(["--write"] if "--write" in sys.argv else [])]
    wrong = run(biome, *words, *scripts, *tests)
    for project in ("tsconfig.json", "tsconfig.scripts.json"):
        wrong |= run("node", tsc, "--project", f"deploy/js/{project}")
    return int(wrong != 0)


if __name__ == "__main__":
    raise SystemExit(main())
