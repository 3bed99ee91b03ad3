"""One export that serves any scheme, host and port.

Reflex bakes `api_url` into one small chunk, `assets/reflex-env-*.js`. Each baked address becomes an expression of
`window.location`, so that a kiosk on localhost and a tablet on HTTPS both reach the server they came from.
"""

import re
from pathlib import Path

BAKED = re.compile(r"""[`"'](ws|http)s?://localhost:\d+(/[^`"']*)[`"']""")


def _same_origin(match: re.Match[str]) -> str:
    scheme = '(location.protocol==="https:"?"wss:":"ws:")' if match[1] == "ws" else "location.protocol"
    return f'{scheme}+"//"+location.host+"{match[2]}"'


def rewrite(chunk: str) -> tuple[str, int]:
    """The chunk with every baked address replaced, and how many there were.

    >>> rewrite('const e={PING:"http://localhost:8000/ping"}')
    ('const e={PING:location.protocol+"//"+location.host+"/ping"}', 1)
    """
    return BAKED.subn(_same_origin, chunk)


def serve_any_host(static_dir: Path) -> None:
    """Rewrite the environment chunk in `static_dir`. Raises SystemExit when none is found: then Reflex changed its build."""
    replaced = 0
    for chunk in (static_dir / "assets").glob("reflex-env-*.js"):
        text, count = rewrite(chunk.read_text())
        chunk.write_text(text)
        chunk.with_suffix(".js.gz").unlink(missing_ok=True)  # the compressed copy still holds the old address
        replaced += count
    if replaced == 0:
        raise SystemExit("no baked address found: Reflex changed its environment chunk")
