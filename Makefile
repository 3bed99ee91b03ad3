# make run | make test | make check | make soak | make fuzz | make bench | make screenshots | make help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run run-centre demo site voice system test check soak fuzz bench screenshots lock clean FORCE
export PYTHONDONTWRITEBYTECODE := 1
PY := .venv/bin/python
# pip itself: Debian's python3 comes without it, and without root it cannot be installed.
PIP := $(PY) $(firstword $(wildcard deploy/bootstrap/pip-*.whl))/pip

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: .venv/run.lock voice  ## install, build, migrate, load the demo office and serve it on http://localhost:8000
	@$(PY) deploy/build_site.py
	KIOSK_DEMO=$${KIOSK_DEMO-on} exec $(PY) -m kiosk demo

demo: .venv/run.lock voice  ## one centre and two offices that send to it, on this machine
	@$(PY) deploy/build_site.py
	exec $(PY) deploy/demo.py

run-centre: .venv/run.lock  ## serve the central case store on http://localhost:8100 (SQLite; KIOSK_DATABASE_URL for PostgreSQL)
	@exec $(PY) -m kiosk centre serve

site: .venv/run.lock  ## build the front end when something changed
	@$(PY) deploy/build_site.py

# A stamp is a copy of the lock and the project's own description: git changes times, not contents.
.venv/%.lock: FORCE
	@lock=requirements.lock; [ $* = run ] || lock=requirements-dev.lock
	[ $* = run ] && cmp -s <(cat requirements-dev.lock pyproject.toml) .venv/dev.lock && exit 0
	cmp -s <(cat $$lock pyproject.toml) $@ && exit 0
	echo "python: installing what the product needs, one or two minutes the first time ..."
	[ -x $(PY) ] || python3 -m venv --without-pip .venv
	$(PIP) install -q --disable-pip-version-check --no-warn-script-location --only-binary :all: --require-hashes -r $$lock
	$(PIP) install -q --disable-pip-version-check --no-build-isolation --no-deps --no-index -e .
	cat $$lock pyproject.toml > $@

ROOT := $(shell [ "$$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null && echo sudo; })
MAY := $(shell { [ "$$(id -u)" = 0 ] || sudo -n true 2>/dev/null; } && echo yes)
APT := $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get

voice:
	@command -v espeak-ng >/dev/null && exit 0
	[ -n "$(MAY)" ] && $(APT) update -qq >/dev/null && $(APT) install -qqy --no-install-recommends espeak-ng >/dev/null && exit 0
	echo "read aloud: espeak-ng is missing, so nothing is spoken; an administrator can install it (apt-get install espeak-ng)"

SYSTEM := chromium:/usr/bin/chromium postgresql:/usr/lib/postgresql/*/bin/postgres libzbar0:/usr/lib/*/libzbar.so.0 \
	espeak-ng:/usr/bin/espeak-ng poppler-utils:/usr/bin/pdftotext openssl:/usr/bin/openssl libnss3-tools:/usr/bin/certutil \
	softhsm2:/usr/bin/softhsm2-util
system:
	@missing=
	for pair in $(SYSTEM); do compgen -G "$${pair#*:}" >/dev/null || missing="$$missing $${pair%%:*}"; done
	[ -z "$$missing" ] && exit 0
	[ -n "$(MAY)" ] || { echo "tests need:$$missing (run as root, or with sudo)"; exit 1; }
	echo "system: installing$$missing ..."
	$(APT) update -qq && $(APT) install -qqy --no-install-recommends $$missing >/dev/null

test: system .venv/dev.lock  ## install what tests need and run all
	@$(PY) deploy/build_site.py
	exec $(PY) deploy/run_tests.py

soak: system .venv/dev.lock  ## the long fault and load runs
	@$(PY) deploy/build_site.py
	$(PY) -m pytest -q -m soak --timeout=7200

fuzz: .venv/dev.lock  ## many more tries of what reads strangers' bytes (FUZZ_EXAMPLES for each reader)
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-50000} $(PY) -m pytest -q tests/letters/test_code_fuzz.py --timeout=7200

check: .venv/dev.lock  ## style, types, layers, and the islands' JavaScript
	@.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	$(PY) deploy/check_js.py

bench: system .venv/dev.lock  ## figures, printed and stored in bench/results (one area: AREA=queues)
	@$(PY) deploy/build_site.py
	$(PY) -m bench $${AREA:-}

screenshots: system .venv/dev.lock  ## the pictures of the README
	@$(PY) deploy/build_site.py
	$(PY) deploy/screenshots.py

lock:  ## pin every dependency again (needs uv)
	for extra in "build:requirements.lock" "build --extra test:requirements-dev.lock"; do
	  uv pip compile -q pyproject.toml --extra $${extra%%:*} --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate -o $${extra##*:}
	done

clean:  ## remove what was installed and built (data stays)
	rm -rf .venv .web .rx assets/external
