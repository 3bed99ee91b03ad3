"""Every kind of event that the product records is registered, and has a name on the auditor's screen."""

import ast
from collections.abc import Iterator

import pytest

import kiosk.happenings  # noqa: F401
from kiosk.audit.texts import KINDS
from kiosk.core.i18n import PACKAGE
from kiosk.sync import kinds

RECORDING = {"record", "_record", "_recorded", "_tell"}


def kinds_in(tree: ast.AST) -> Iterator[str]:
    """Texts that look like a kind, in calls that record, and in what is assigned to a name that such a call is given."""
    names = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in RECORDING:
            for given in [*node.args, *(word.value for word in node.keywords if word.arg == "kind")]:
                value = given.value if isinstance(given, ast.Constant) else names.get(getattr(given, "id", ""))
                if isinstance(value, str) and value.count(".") == 1:
                    yield value


def recorded() -> list[str]:
    found = {kind for path in PACKAGE.rglob("*.py") for kind in kinds_in(ast.parse(path.read_text()))}
    assert {"ticket.taken", "ticket.no_show", "staff.pin_reset", "device.revoked", "office.rejoined", "audit.checked"} <= found
    return sorted(found)


@pytest.mark.parametrize("kind", recorded())
def test_a_kind_that_is_recorded_is_registered_and_has_a_name(kind: str):
    assert kinds.find(kind) is not None
    assert kind in KINDS


def test_a_kind_has_one_place():
    with pytest.raises(ValueError, match=r"ticket\.taken"):
        kinds.nothing("ticket.taken")
