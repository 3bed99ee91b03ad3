"""Which inline scripts the pages hold: their hashes go into the Content-Security-Policy, so that no other one runs.

Reflex and React Router write inline scripts into every prerendered page (CSP Level 3, section 2.3.1, hash-source).
"""

import base64
import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path


class _Inline(HTMLParser):
    """Collects the text of every script element without `src`, byte for byte."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script begins."""
        self._inside = tag == "script" and not any(name == "src" for name, _ in attrs)
        if self._inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        """A script ends."""
        if tag == "script":
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Text; a script's comes unparsed."""
        if self._inside:
            self.scripts[-1] += data


def inline_scripts(html: str) -> list[str]:
    """The inline scripts of a page, in their order."""
    reader = _Inline()
    reader.feed(html)
    reader.close()
    return reader.scripts


def script_hash(script: str) -> str:
    """How the policy names a script: `sha256-` and the Base64 of its SHA-256.

    >>> script_hash("alert('Hello, world.');")
    'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def write_csp(static_dir: Path, target: Path) -> int:
    """Write `{"script": [...]}` for all pages of the exported folder to `target`. Returns how many hashes there are."""
    pages = sorted(static_dir.rglob("*.html"))
    hashes = sorted({script_hash(script) for page in pages for script in inline_scripts(page.read_text(encoding="utf-8"))})
    target.write_text(json.dumps({"script": hashes}, indent=1) + "\n")
    return len(hashes)
