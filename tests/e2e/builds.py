"""A next build of the front end, made from the one that is there: what a release changes, without a bundler."""

import hashlib
import re
import shutil
from pathlib import Path

from kiosk.core.build import WEB
from kiosk.ui.csp import write_csp
from kiosk.ui.pwa import write_scripts

QUESTION = "Ada yang bisa kami bantu?"
HASHED = re.compile(r"-[\w-]{8}\.(js|css)$")
TEXT = {".js", ".css", ".html", ".json"}
BALLAST_BYTES = 4096


def copy_build(target: Path) -> Path:
    """The build that is served, in a folder of its own (for REFLEX_WEB_WORKDIR)."""
    for part in ("build", "backend"):
        shutil.copytree(WEB / part, target / part)
    return target


def next_build(older: Path, newer: Path, question: str, *, ballast: int = 0) -> Path:
    """`older` with every hashed file under another name, another question on the first page, and `ballast` more files."""
    shutil.copytree(older, newer)
    site = newer / "build/client"
    for packed in site.rglob("*.gz"):
        packed.unlink()
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix in TEXT and "external" not in path.relative_to(site).parts]
    names = {path.name: _renamed(path.name, question) for path in files if HASHED.search(path.name)}
    longest_first = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for path in files:
        text = longest_first.sub(lambda found: names[found[0]], path.read_text())
        path.write_text(text.replace(QUESTION, question))
        path.rename(path.with_name(names.get(path.name, path.name)))
    for number in range(ballast):
        content = hashlib.sha256(f"{question}{number}".encode()).digest() * (BALLAST_BYTES // 32)
        (site / "assets" / f"ballast-{number:08}.js").write_bytes(content)
    write_scripts(site)
    write_csp(site, newer / "build/csp.json")
    return newer


def lazy(build: Path, page: str) -> str:
    """Address of the module that `page` alone needs: `_kantor_` is loaded when somebody goes there."""
    return f"/assets/{next((build / 'build/client/assets').glob(f'{page}*.js')).name}"


def _renamed(name: str, question: str) -> str:
    return HASHED.sub(lambda hashed: f"-{hashlib.sha256((name + question).encode()).hexdigest()[:8]}.{hashed[1]}", name)
