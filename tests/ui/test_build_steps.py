"""What the build does after Reflex: any host, hashes of scripts, the list of files to keep."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.any_host import rewrite, serve_any_host
from kiosk.ui.csp import inline_scripts, script_hash, write_csp
from kiosk.ui.pwa import build_name, plain_script, precache, write_scripts


def test_every_baked_address_follows_the_page():
    chunk = '{"EVENT":"ws://localhost:8000/_event","PING":`http://localhost:8000/ping`,"UPLOAD":\'https://localhost:8000/_upload\'}'
    text, count = rewrite(chunk)
    assert count == 3
    assert "localhost" not in text
    assert 'location.protocol==="https:"?"wss:":"ws:"' in text


def test_a_build_without_baked_addresses_fails_loudly(tmp_path: Path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/reflex-env-x.js").write_text("const a = 1")
    with pytest.raises(SystemExit, match="Reflex changed"):
        serve_any_host(tmp_path)


def test_only_scripts_without_an_address_are_hashed():
    html = '<script src="/a.js"></script><script>one()</script><p>two()</p><script type="module" async="">import "/b.js"</script>'
    assert inline_scripts(html) == ["one()", 'import "/b.js"']


SCRIPTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]))


@given(SCRIPTS.filter(lambda text: "</script" not in text.lower() and "<!--" not in text))
def test_a_script_is_hashed_byte_for_byte(script: str):
    assert inline_scripts(f"<script>{script}</script>") == [script]
    assert script_hash(script) == "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_signs_and_entities_inside_a_script_stay_as_they_are(tmp_path: Path):
    (tmp_path / "index.html").write_text("<script>a && b < c; '&amp;'</script>")
    assert write_csp(tmp_path, tmp_path / "csp.json") == 1
    assert json.loads((tmp_path / "csp.json").read_text())["script"] == [script_hash("a && b < c; '&amp;'")]


def site(root: Path) -> Path:
    for path in ("index.html", "layanan.html", "layanan/index.html", "assets/a.js", "fonts/b.woff2"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"<h1>{Path(path).parts[0].removesuffix('.html')}</h1>")
    for path in ("external/kiosk/ui/raw.jsx", "css/1.css", "assets/a.js.gz", "404.html", "sw.js", "robots.txt"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("not kept")
    return root


def test_what_is_kept_is_what_a_page_loads_each_once(tmp_path: Path):
    kept = [url for url, _ in precache(site(tmp_path))]
    assert kept == ["/assets/a.js", "/fonts/b.woff2", "/index.html", "/layanan/index.html"]


def test_a_revision_is_the_content(tmp_path: Path):
    before = dict(precache(site(tmp_path)))
    (tmp_path / "assets/a.js").write_text("changed")
    after = dict(precache(tmp_path))
    assert {url for url in after if before[url] != after[url]} == {"/assets/a.js"}
    assert hashlib.sha256(b"changed").hexdigest().startswith(after["/assets/a.js"])


def test_another_worker_over_the_same_files_has_a_cache_of_its_own():
    entries = [("/a.js", "1")]
    assert build_name(entries, "worker 1") != build_name(entries, "worker 2")
    assert build_name(entries, "worker 1") != build_name([("/a.js", "2")], "worker 1")


def test_the_same_sources_make_the_same_build(tmp_path: Path):
    first = write_scripts(site(tmp_path))
    assert write_scripts(tmp_path) == first


def test_the_page_and_the_worker_name_the_same_build(tmp_path: Path):
    build = write_scripts(site(tmp_path))
    for name in ("register.js", "sw.js"):
        assert f'const BUILD = "{build}";' in (tmp_path / name).read_text()
    listed = dict(json.loads((tmp_path / "sw.js").read_text().split("const FILES = ")[1].split(";\n")[0]))
    assert listed["/register.js"] == hashlib.sha256((tmp_path / "register.js").read_bytes()).hexdigest()[:16]


def test_a_script_that_imports_is_refused():
    with pytest.raises(ValueError, match="imports nothing"):
        plain_script("prefs.js")


def test_no_export_is_left_in_a_plain_script():
    assert "export " not in plain_script("sw_rules.js", "sw.src.js")
