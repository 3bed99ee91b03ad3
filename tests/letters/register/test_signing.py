"""The key that a person at `/surat` opens: a wrong passphrase costs a try, and nothing else does."""

from collections.abc import Iterator

import pytest

from kiosk.core import runtime
from kiosk.core.runtime import Runtime
from kiosk.letters.keys import demo, opening, sealed
from kiosk.letters.keys.errors import KeyMissing, PinSpared, WrongPin
from kiosk.letters.register import signing
from kiosk.letters.register.errors import TooManyTries, WrongSecret
from tests.letters.register.registry import Registry


@pytest.fixture
def node(office: Registry, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runtime]:
    monkeypatch.setattr(signing.tries, "_full_at", {})
    monkeypatch.setattr(sealed, "WRONG_S", 0)
    running = runtime.start(office.settings)
    running.now = lambda: office.now
    yield running
    runtime.stop()


def test_after_five_wrong_passphrases_an_account_waits_and_another_does_not(node: Runtime):
    for _ in range(signing.TRIES):
        with pytest.raises(WrongSecret):
            signing.letter_key(node, "salah", "satu")
    with pytest.raises(TooManyTries) as late:
        signing.letter_key(node, demo.PASSPHRASE, "satu")
    assert late.value.status == 429
    assert 0 < int(late.value.headers["Retry-After"]) <= signing.EVERY_S
    assert signing.letter_key(node, demo.PASSPHRASE, "dua").signer.sign(b"x")


def test_the_right_one_costs_no_try(node: Runtime):
    for _ in range(signing.TRIES + 1):
        assert signing.node_key(node, demo.PASSPHRASE, "satu")


@pytest.mark.parametrize("fault", [KeyMissing(purpose="letters"), PinSpared(token="kios", file="token-0.tries")])
def test_what_is_no_wrong_passphrase_is_told_as_it_is_and_costs_no_try(node: Runtime, monkeypatch: pytest.MonkeyPatch, fault: Exception):
    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(opening, "open_key", refuse)
    for _ in range(signing.TRIES + 1):
        with pytest.raises(type(fault)):
            signing.letter_key(node, "apa pun", "satu")


def test_a_wrong_pin_of_a_token_is_told_as_a_wrong_passphrase(node: Runtime, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise WrongPin(token="kios", reason="PinIncorrect")

    monkeypatch.setattr(opening, "open_key", refuse)
    with pytest.raises(WrongSecret):
        signing.letter_key(node, "000000", "satu")
