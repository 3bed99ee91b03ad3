"""Who may do what, written out by hand: the marks in the code are held against this, so that none changes unseen.

A new State or route gets its line here. Handlers of one State are alike unless they are named by themselves.
"""

import inspect
from typing import Any

from reflex_base.registry import RegistrationContext

from kiosk.kiosk import app  # noqa: F401 (importing it registers every handler)
from kiosk.staff.guard import roles_of

AT_A_COUNTER = frozenset({"information", "customer_service", "registration", "collection", "verifier", "liaison", "complaints_operator"})
EVERYBODY = AT_A_COUNTER | {
    "admin", "processing", "agency", "section_head", "division_head", "agency_head", "records", "complaints_head", "auditor",
}  # fmt: skip
LEADERS = frozenset({"admin", "section_head", "division_head", "agency_head"})
STAFF = {
    "AsideState": frozenset({"admin"}),
    "ChecklistState": frozenset({"customer_service"}),
    "CounterState": AT_A_COUNTER,
    "DevicesState": frozenset({"admin"}),
    "HandleSuspicionState": frozenset({"admin", "agency_head"}),
    "LineState": frozenset({"admin"}),
    "NotesState": EVERYBODY - {"agency", "records"},
    "OwnState": EVERYBODY,
    "StaffNoticesState": EVERYBODY,
    "PlanState": LEADERS,
    "ReportState": LEADERS | {"auditor", "complaints_head"},
    "RosterState": frozenset({"admin"}),
    "StaffState": EVERYBODY,
    "SurveySettingState": frozenset({"admin"}),
    "SuspicionsState": frozenset({"admin", "agency_head", "auditor"}),
    "TrailState": frozenset({"auditor"}),
}
# Reflex's own, without which no page is shown. Everything else of Reflex's is nobody's.
REFLEX = {"hydrate", "hydrate_and_load", "set_is_hydrated", "on_load_internal"}
ANYONE, NOBODY = frozenset({"anyone"}), frozenset[str]()

THE_OFFICE = {"here", "staff"}
DEVICES = {"kiosk", "tablet", "board", "staff"}
IN_THE_HALL = {"kiosk", "tablet"}
ROUTES: dict[str, set[str]] = {
    "GET /api/v1/queues": {"anyone"},
    "POST /api/v1/tickets": DEVICES,
    "GET /api/v1/tickets/{ticket_id}": {"anyone"},
    "GET /api/v1/tickets/{ticket_id}/qr.svg": {"anyone"},
    "POST /api/v1/tickets/{ticket_id}/slip": IN_THE_HALL,
    "GET /api/v1/board": {"anyone"},
    "GET /api/v1/board/stream": {"anyone"},
    "GET /api/v1/office": {"anyone"},
    "POST /api/v1/staff/session": THE_OFFICE,
    "DELETE /api/v1/staff/session": {"anyone"},
    "GET /api/v1/staff/accounts": THE_OFFICE,
    "GET /api/v1/devices/me": DEVICES,
    "POST /api/v1/devices/me": DEVICES,
    "POST /api/v1/entries": DEVICES,
    "POST /api/v1/devices/enrol": {"anyone"},
    "POST /api/v1/devices/demo": {"here"},
    "GET /api/v1/catalogue": {"anyone"},
    "GET /api/v1/catalogue/{service_id}": {"anyone"},
    "GET /api/v1/catalogue/{service_id}/qr.svg": {"anyone"},
    "GET /api/v1/notices": {"anyone"},
    "GET /api/v1/checklists": {"anyone"},
    "POST /api/v1/checklists/slip": IN_THE_HALL,
    "POST /api/v1/verify": {"anyone"},
    "GET /api/v1/survey": {"anyone"},
    "GET /api/v1/survey/index": {"anyone"},
    "POST /api/v1/survey/slip": IN_THE_HALL,
    "POST /api/v1/survey/answers": {"anyone"},
    "POST /api/v1/letters/suspicions": {"anyone"},
    "GET /api/v1/survey/report.{kind}": set(LEADERS | {"auditor", "complaints_head"}),
    "GET /api/v1/speech": {"anyone"},
    "GET /api/v1/speech/{name}": {"anyone"},
    "GET /api/v1/setup": {"anyone"},
    "GET /api/v1/trust": {"anyone"},
    "GET /setup/authority.crt": {"anyone"},
    "GET /setup/authority.pem": {"anyone"},
    "GET /healthz": {"anyone"},
    "GET /readyz": {"anyone"},
    "GET /metrics": {"here"},
    **{f"{method} /api/{{rest:path}}": {"anyone"} for method in ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")},
}

HANDLERS = sorted(RegistrationContext.get().event_handlers)
OURS = [name for name in HANDLERS if ".kiosk___" in name and not name.endswith(".setvar")]


def handler(name: str) -> Any:
    """The function behind a handler's full name."""
    return RegistrationContext.get().event_handlers[name].handler.fn


def expected(name: str) -> frozenset[str]:
    """Whom the table above lets call the handler of this full name."""
    if name not in OURS:
        return ANYONE if name.rpartition(".")[2] in REFLEX else NOBODY
    return STAFF.get(RegistrationContext.get().event_handlers[name].states[0].__name__, NOBODY)


def slips() -> list[str]:
    """Handlers whose mark in the code is not what the table says."""
    marked = {name: frozenset({"anyone"}) if roles_of(name) == {"public"} else roles_of(name) or NOBODY for name in HANDLERS}
    return [name for name in HANDLERS if marked[name] != expected(name) or (name in OURS and not marked[name])]


def payload(name: str) -> dict[str, Any]:
    """Arguments that let the handler run, made from what it asks for."""
    made = {"str": "x", "int": 0, "bool": True}
    asked = list(inspect.signature(handler(name)).parameters.values())[1:]
    return {one.name: made.get(getattr(one.annotation, "__name__", str(one.annotation)), {}) for one in asked}
