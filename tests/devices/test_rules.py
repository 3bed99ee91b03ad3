"""Who may enrol itself, and who comes from another page."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.rules import FORWARDING, Caller, is_foreign, is_here, may_enrol_itself

PAGE = {"host": "localhost:8000", "origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
OURS = frozenset({"http://localhost:8000"})


def caller(peer="127.0.0.1", extra=(), **changes):
    headers = {
        name: value
        for name, value in (PAGE | {key.replace("_", "-"): value for key, value in changes.items()}).items()
        if value is not None
    }
    return Caller(peer, (*headers.items(), *extra))


def may(**words):
    return may_enrol_itself(caller(**words), demo=True)


def test_our_own_page_on_this_machine_may():
    assert may()
    assert may(host="127.0.0.1:9001", origin="http://127.0.0.1:9001")
    assert may(host="localhost", origin="https://localhost")
    assert may(peer="::1")
    assert may(peer="::ffff:127.0.0.1")


def test_one_sign_that_the_page_is_ours_is_enough_and_none_is_not():
    assert may(origin=None)
    assert may(sec_fetch_site=None)
    assert not may(origin=None, sec_fetch_site=None)


@given(st.ip_addresses().filter(lambda address: not address.is_loopback and not getattr(address, "ipv4_mapped", None)).map(str))
def test_nobody_on_the_network_may(peer):
    assert not may(peer=peer)
    assert not is_here(caller(peer=peer))


@given(
    st.one_of(st.none(), st.text(max_size=20).filter(lambda text: not text.startswith("127.") and text not in ("::1", "0:0:0:0:0:0:0:1")))
)
def test_a_peer_that_is_no_loopback_address_may_not(peer):
    assert not may(peer=peer)


@given(
    st.sampled_from([*sorted(FORWARDING), "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-anything"]),
    st.text(max_size=20),
)
def test_nobody_behind_a_proxy_may_whatever_it_says(name, value):
    assert not may(extra=((name, value),))
    assert not is_here(caller(extra=((name, value),)))


HOSTS = st.one_of(
    st.text(max_size=30), st.builds("{}:{}".format, st.sampled_from(["localhost", "127.0.0.1", "kios"]), st.text("0123456789x", max_size=7))
)


@given(HOSTS)
def test_only_the_two_names_of_this_machine_may(host):
    name, colon, port = host.partition(":")
    here = name in ("localhost", "127.0.0.1") and (not colon or (port.isascii() and port.isdecimal() and len(port) <= 5))
    assert may(host=host, origin=None) == here


def test_a_name_that_only_begins_like_this_machine_may_not():
    for host in (
        "localhost.evil.example",
        "127.0.0.1.evil.example:8000",
        "evil.example",
        "localhost:8000@evil.example",
        "localhost:",
        "LOCALHOST\n",
    ):
        assert not may(host=host, origin=f"http://{host}"), host


def test_two_hosts_or_none_may_not():
    assert not may(extra=(("host", "localhost:8000"),))
    assert not may(host=None)


def test_another_page_may_not():
    for origin in ("http://evil.example", "null", "http://localhost:3000", "http://127.0.0.1:8000", ""):
        assert not may(origin=origin), origin
    for site in ("cross-site", "same-site", "none", ""):
        assert not may(sec_fetch_site=site), site
    assert not may(extra=(("origin", "http://evil.example"),))


@given(st.booleans(), st.sampled_from(["127.0.0.1", "10.0.0.9"]), st.sampled_from(["http://localhost:8000", "http://evil.example"]))
def test_without_the_demonstration_nobody_may(here, peer, origin):
    assert not may_enrol_itself(caller(peer=peer, origin=origin), demo=False)


@given(st.text(max_size=30).filter(lambda origin: origin not in OURS))
def test_any_origin_that_is_not_listed_is_foreign(origin):
    assert is_foreign(caller(origin=origin, sec_fetch_site=None), OURS)


def test_a_name_that_was_made_to_point_here_is_foreign_though_it_agrees_with_itself():
    assert is_foreign(caller(host="evil.example:8000", origin="http://evil.example:8000"), OURS)
    assert not is_foreign(caller(), OURS)
