"""`kiosk device code | list | enrol | revoke`, beside a node that runs."""

import re
import time
from collections.abc import Iterator

import pytest

from tests.support import Node


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """An office as it is installed, limits and all."""
    node = Node(tmp_path_factory.mktemp("command"), env={"KIOSK_DEMO": "off"}).prepare().start()
    yield node
    node.stop()


def bring(node: Node, code: str):
    return node.call("POST", "/api/v1/devices/enrol", {"code": code})


def cookie(answer) -> dict[str, str]:
    return {"cookie": answer.headers["set-cookie"].split(";")[0]}


def test_a_code_of_the_command_enrols_a_browser_and_the_list_shows_it(plain: Node):
    made = plain.run("device", "code", "Layar pintu masuk", "--kind", "kiosk", "--place", "Pintu timur")
    assert made.returncode == 0
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\n", made.stdout)
    assert f"{plain.url}/daftar" in made.stderr
    device = bring(plain, made.stdout)
    assert (device.status, device.body["lane"], device.body["place"]) == (201, "K1", "Pintu timur")
    line = next(line for line in plain.run("device", "list").stdout.splitlines() if device.body["id"] in line)
    assert re.match(r"K1 +kiosk ", line)
    assert line.endswith("Layar pintu masuk, Pintu timur")
    assert made.stdout.strip() not in (plain.data / "node.log").read_text()


def test_a_device_that_the_command_revokes_is_out_within_two_seconds_and_off_the_list(plain: Node):
    device = bring(plain, plain.run("device", "code", "Tablet", "--kind", "tablet").stdout)
    assert plain.call("GET", "/api/v1/devices/me", headers=cookie(device)).status == 200
    assert plain.run("device", "revoke", device.body["id"]).returncode == 0
    deadline = time.monotonic() + 2
    while (answer := plain.call("GET", "/api/v1/devices/me", headers=cookie(device))).status == 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert (answer.status, answer.body["code"]) == (401, "DEVICE-0401")
    assert device.body["id"] not in plain.run("device", "list").stdout


@pytest.mark.parametrize("words", [("code", " "), ("code", "x" * 81), ("enrol", "Kios")])
def test_what_cannot_be_is_a_sentence(plain: Node, words: tuple[str, ...]):
    done = plain.run("device", *words, "--kind", "kiosk")
    assert done.returncode != 0
    assert done.stdout == ""
    assert re.search(r"DEVICE-04\d\d", done.stderr)
    assert "Traceback" not in done.stderr


def test_every_forged_cookie_is_nobody(plain: Node):
    token = plain.token("tablet")
    for forged in ("", "kd_", token[:-1], token + "x", token.upper(), '"\\', "%00", "kd_" + "A" * 43, "a" * 4000):
        assert plain.call("GET", "/api/v1/devices/me", headers={"cookie": f"kiosk_device={forged}"}).status == 401, forged
    assert plain.call("GET", "/api/v1/devices/me", headers={"cookie": f"kiosk_device={token}"}).status == 200


def test_codes_outlive_a_restart_of_the_node_and_so_does_their_end(plain: Node):
    kept, used = (plain.run("device", "code", name, "--kind", "tablet").stdout for name in ("Tablet 1", "Tablet 2"))
    assert bring(plain, used).status == 201
    plain.kill()
    plain.start()
    assert bring(plain, used).status == 409
    assert bring(plain, kept).status == 201
