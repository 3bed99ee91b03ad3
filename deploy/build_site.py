"""Build the front end when what it is made of has changed. Usage: python deploy/build_site.py [--force]

"Changed" means content, not time: the stamp holds one SHA-256 over the paths and bytes of everything that can reach the
bundle, as it was before the build: what is edited meanwhile is built again. It is written after a build that ended well and
removed before one begins, so a build that was killed is built again too.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / ".web"
BUILT, STAMP = WEB / "build/client", WEB / "site.sha256"
SOURCES = ("kiosk", "assets", "rxconfig.py", "requirements.lock", "deploy/build_site.py")
PINS = ("reflex.lock",)  # a build writes them itself
KEEP = {"node_modules", "build.lock"}
# Python that no page is made of: a change there needs no new front end.
LEAVE_FOLDERS = {"__pycache__", "external"}
LEAVE_NAMES = {"model.py", "service.py", "api.py", "cli.py", "seeds.py", "writer.py", "db.py"}


def files(names: tuple[str, ...]) -> list[Path]:
    """Every file of these files and folders that can reach the bundle, in a fixed order."""
    found = [file for name in names for file in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))]
    return sorted(
        file for file in found if file.is_file() and file.name not in LEAVE_NAMES and not LEAVE_FOLDERS & set(file.relative_to(ROOT).parts)
    )


def fingerprint(names: tuple[str, ...]) -> str:
    """SHA-256 over names and contents of `files(names)`, in hex."""
    total = hashlib.sha256()
    for path in files(names):
        total.update(f"{path.relative_to(ROOT)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def environment() -> dict[str, str]:
    """The environment in which Reflex builds: Node from the virtual environment, nothing sent home, no registry address kept."""
    env = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "REFLEX_DIR": str(ROOT / ".rx"),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "npm_config_omit_lockfile_registry_resolved": "true",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
        "NODE_USE_SYSTEM_CA": "1",  # trust what the machine trusts, as pip does
    }
    registry = subprocess.run(["npm", "config", "get", "registry"], env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    return env | {"NPM_CONFIG_REGISTRY": registry.stdout.strip()}


def stamp(made_of: str) -> str:
    """What the stamp says of a build that was made of sources with this fingerprint, with the pins as they are now."""
    return f"{made_of} {fingerprint(PINS)}"


def is_built() -> bool:
    """Whether the built front end is the one that the sources make."""
    return (BUILT / "index.html").exists() and STAMP.exists() and STAMP.read_text() == stamp(fingerprint(SOURCES))


def _sweep() -> None:
    """Remove what an earlier build generated, but for the installed packages: a setting that is gone must not linger."""
    shutil.rmtree(ROOT / "assets/external", ignore_errors=True)
    for path in WEB.iterdir():
        if path.name in KEEP:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def build(*, force: bool = False) -> None:
    """Export the front end unless it is already built. Raises SystemExit with the builder's last lines when that fails."""
    WEB.mkdir(exist_ok=True)
    with (WEB / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not force and is_built():
            print("front end: nothing changed")
            return
        print("front end: building, about half a minute ...", flush=True)
        started = time.monotonic()
        made_of = fingerprint(SOURCES)
        STAMP.unlink(missing_ok=True)
        _sweep()
        command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--loglevel", "warning"]
        result = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise SystemExit("front end: the build failed\n" + "\n".join((result.stdout + result.stderr).splitlines()[-40:]))
        STAMP.write_text(stamp(made_of))
        print(f"front end: built in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    build(force="--force" in sys.argv)
