"""Another site's page changes nothing, on no route; a script that names no page is judged by its token alone."""

from collections.abc import Iterator

import pytest

from kiosk.core.ids import new_id
from tests.support import Node
from tests.test_routes import operations

FOREIGN = ("http://evil.example", "null", "http://localhost:1", "https://localhost.evil.example")


@pytest.fixture(scope="module")
def open_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("own"), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
    yield node
    node.stop()


def writes(node: Node) -> list[tuple[str, str]]:
    return [(method, path) for method, path in operations(node) if method not in {"GET", "HEAD"}]


def tickets(node: Node) -> str:
    return str(node.get("/api/v1/queues").body)


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_page_writes_nothing_whatever_cookie_comes_with_it(open_node: Node, origin: str):
    cookie = f"kiosk_device={open_node.token()}; {open_node.sign_in('admin')}"
    before = tickets(open_node)
    assert len(writes(open_node)) >= 4
    for method, path in writes(open_node):
        for headers in ({"origin": origin}, {"origin": origin, "sec-fetch-site": "same-origin"}):
            answer = open_node.call(method, path, {"id": new_id(), "queue": "A"}, {"cookie": cookie, **headers})
            assert (answer.status, answer.body["code"]) == (403, "HTTP-0403"), (method, path, answer)
    assert tickets(open_node) == before
    assert open_node.call("DELETE", "/api/v1/staff/session", headers={"cookie": cookie}).status == 204, "the session was still there"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_says_that_the_page_is_another_s_is_refused_without_an_origin_too(open_node: Node, site: str):
    headers = {"cookie": f"kiosk_device={open_node.token()}", "sec-fetch-site": site}
    answer = open_node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, headers)
    assert (answer.status, answer.body["code"]) == (403, "HTTP-0403")


def test_our_own_page_and_a_script_with_a_token_write(open_node: Node):
    token = open_node.token()
    for headers in (
        {"cookie": f"kiosk_device={token}", "origin": open_node.url, "sec-fetch-site": "same-origin"},
        {"authorization": f"Bearer {token}"},
    ):
        assert open_node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}, headers).status == 201


def test_without_an_origin_and_without_a_token_nothing_is_written(open_node: Node):
    assert open_node.call("POST", "/api/v1/tickets", {"id": new_id(), "queue": "A"}).status == 401


def test_what_is_read_may_be_read_from_anywhere_but_no_foreign_page_is_shown_the_answer(open_node: Node):
    answer = open_node.call("GET", "/api/v1/queues", headers={"origin": FOREIGN[0]})
    assert answer.status == 200
    assert answer.headers.get("access-control-allow-origin") in {None, open_node.url}


@pytest.mark.parametrize("size", [65_537, 300_000])
def test_no_route_takes_more_than_64_kilobytes(open_node: Node, size: int):
    bearer = {"authorization": f"Bearer {open_node.token()}"}
    for method, path in writes(open_node):
        answer = open_node.call(method, path, {"id": "x" * size}, bearer)
        assert (answer.status, answer.body["code"]) == (413, "HTTP-0413"), (method, path)
