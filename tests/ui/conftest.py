"""A small site of two builds, and a server that can die, stumble and be exchanged."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from kiosk.ui.pwa import write_scripts

PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{build} {name}</title>
<script src="/register.js" defer></script></head>
<body><h1>{build} {name}</h1><a id="next" href="/layanan">next</a><button id="lazy">lazy</button>
<script type="module">document.querySelector("#lazy").onclick = async () => {{
  try {{ document.title = (await import("/assets/late-{build}.js")).word; }}
  catch (e) {{ document.title = "broken"; }} }};</script></body></html>"""
TYPES = {".js": "text/javascript", ".html": "text/html", ".json": "application/json"}


def build_site(root: Path, build: str) -> Path:
    """One exported front end with two pages, each with a module that it loads late."""
    (root / "assets").mkdir(parents=True)
    (root / "layanan").mkdir()
    for name, path in (("home", "index.html"), ("layanan", "layanan/index.html"), ("shell", "__spa-fallback.html")):
        (root / path).write_text(PAGE.format(build=build, name=name))
    (root / f"assets/late-{build}.js").write_text(f'export const word = "late {build}";')
    (root / "assets/same.js").write_text("export const same = true;")
    write_scripts(root)
    return root


class Site:
    """Serves `root` on one port; `broken` paths answer 500, `slow` ones after some seconds; `asked` is what was asked for."""

    def __init__(self, root: Path) -> None:
        self.root, self.broken, self.asked, self.port = root, set[str](), list[str](), 0
        self.answers: dict[str, str] = {}
        self.slow: dict[str, float] = {}
        self.server: ThreadingHTTPServer | None = None

    def start(self) -> "Site":
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                site.asked.append(path)
                file = site.root / path.lstrip("/")
                file = file / "index.html" if file.is_dir() else file
                time.sleep(site.slow.get(path, 0))
                if path in site.answers:
                    return self.out(200, site.answers[path].encode(), ".json")
                if path in site.broken:
                    return self.out(500, b"", ".html")
                return self.out(200, file.read_bytes(), file.suffix) if file.is_file() else self.out(404, b"", ".html")

            def out(self, status: int, body: bytes, suffix: str) -> None:
                self.send_response(status)
                self.send_header("content-type", TYPES.get(suffix, "text/plain"))
                self.send_header("content-length", str(len(body)))
                self.send_header("cache-control", "no-cache")
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    build_site(tmp_path / "new", "new")
    served = Site(build_site(tmp_path / "old", "old")).start()
    yield served
    served.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="allow")
    context.set_default_timeout(10_000)
    yield context
    context.close()
