"""The part of the build that lets pages live without the node: scripts put together, the list of files to keep, `sw.js`."""

import hashlib
import json
import re
from pathlib import Path

HERE = Path(__file__).parent
REVISION = 16  # characters of SHA-256 in hex
# Raw sources of what is bundled, compressed copies, the worker itself, and the page that Reflex copies afterwards.
LEAVE_FOLDERS = {"external", "css"}
LEAVE_SUFFIXES = {".gz", ".br", ".zst", ".map", ".txt"}
LEAVE_NAMES = {"sw.js", "404.html"}

Entry = tuple[str, str]


def one_text(*names: str) -> str:
    """The modules `names` of this folder, one after the other, as one classic script: `export` goes, imports must not be there.

    Raises ValueError for a module that imports something.
    """
    text = "\n".join((HERE / name).read_text() for name in names)
    if re.search(r"(?m)^\s*import\b", text):
        raise ValueError(f"{', '.join(names)}: a script that is put in front of another one imports nothing")
    return re.sub(r"(?m)^export (?=(const|let|function|async function)\b)", "", text)


def plain_script(*names: str) -> str:
    """As `one_text`, as short as a page should load it."""
    return _bare(one_text(*names))


def _bare(text: str) -> str:
    """Without comments that have lines to themselves, and without indentation: a phone on a slow line loads this first."""
    text = re.sub(r"(?ms)^\s*/\*\*.*?\*/\s*?$", "", text)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _worth_keeping(path: Path, static_dir: Path) -> bool:
    relative = path.relative_to(static_dir)
    if not path.is_file() or path.suffix in LEAVE_SUFFIXES or path.name in LEAVE_NAMES or relative.parts[0] in LEAVE_FOLDERS:
        return False
    # Reflex writes each page twice; the worker knows both addresses, one copy is enough.
    twin = path.with_suffix("") / "index.html"
    return not (path.suffix == ".html" and twin.exists() and twin.read_bytes() == path.read_bytes())


def precache(static_dir: Path) -> list[Entry]:
    """What a browser keeps of the exported folder: `(address, revision)` by content, in the order of the addresses."""
    found = sorted(path for path in static_dir.rglob("*") if _worth_keeping(path, static_dir))
    return [(f"/{path.relative_to(static_dir).as_posix()}", hashlib.sha256(path.read_bytes()).hexdigest()[:REVISION]) for path in found]


def build_name(entries: list[Entry], worker: str) -> str:
    """One name for these files with this worker. Another worker over the same files must not share a cache with the one before."""
    return hashlib.sha256(json.dumps([entries, worker]).encode()).hexdigest()[:12]


def write_scripts(static_dir: Path) -> str:
    """Write `early.js`, `register.js` and `sw.js` into the exported folder. Returns the name of the build."""
    worker, page = plain_script("sw_rules.js", "sw.src.js"), plain_script("sw_rules.js", "register.src.js")
    (static_dir / "early.js").write_text(
        f"(() => {{\n{plain_script('screen_rules.js', 'slip_code.js', 'letter_code.js', 'early.src.js')}\n}})();\n"
    )
    register = static_dir / "register.js"
    register.unlink(missing_ok=True)  # it holds the name that it is part of: counted by its source
    build = build_name([*precache(static_dir), ("/register.js", page)], worker)
    register.write_text(f'(() => {{\nconst BUILD = "{build}";\n{page}\n}})();\n')
    entries = precache(static_dir)
    (static_dir / "sw.js").write_text(f'const BUILD = "{build}";\nconst FILES = {json.dumps(entries)};\n{worker}')
    return build
