"""What comes in the forms of the staff's page, made into what the services take. A field may be missing, or hold anything."""

from datetime import date
from typing import Any

from kiosk.survey import spans
from kiosk.survey.onscreen.whole import Asked
from kiosk.survey.planning import LONGEST, Place, Words
from kiosk.survey.planning_errors import PlanElsewhere, SettingWrong

HOLDERS = {"holder": True, "walk_up": False}
PHONES = "-"  # answers without a place, where "" already means all of them


def asked(office_id: str, form: dict[str, str], today: date, after: str = "") -> Asked:
    """What the report is about; the half-year of `today` when the form names no span.

    >>> asked("kaltim", {"holders": "holder", "place": "-", "span": "2026"}, date(2026, 3, 12)).holders
    True
    >>> asked("kaltim", {}, date(2026, 3, 12)).span.code
    '2026-S1'
    """
    place = form.get("place", "")
    return Asked(
        office_id=office_id,
        span=spans.read(form.get("span", "")) or spans.around(today),
        today=today,
        service=form.get("service") or None,
        place={"": None, PHONES: ""}.get(place, place),
        holders=HOLDERS.get(form.get("holders", "")),
        after=after,
    )


def planned(form: dict[str, Any]) -> tuple[Place, Words, int]:
    """A row of the plan and the version that was seen. Raises `PlanElsewhere` for a version that is none.

    >>> place, words, version = planned({"element": "fee", "first_day": "2026-01-01", "version": "2", "action": " Papan tarif "})
    >>> place.element, words.action, version
    ('fee', 'Papan tarif', 2)
    """
    text = {name: str(form.get(name, "")).strip() for name in (*Place.__annotations__, *Words.__annotations__)}
    place = Place(**{name: text[name] for name in Place.__annotations__})
    words = Words(**{name: text[name] for name in Words.__annotations__})
    version = _whole(form.get("version"))
    if version is None:
        raise PlanElsewhere()
    return place, words, version


def wrote(form: dict[str, Any]) -> str:
    """What somebody typed into a row of the plan, to be shown again when it could not be kept.

    >>> wrote({"action": "Papan tarif", "person": "", "due": "2026-09-30"})
    'Papan tarif · 2026-09-30'
    """
    typed = (str(form.get(name, "")).strip()[:LONGEST] for name in ("action", "person", "due", "note"))
    return " · ".join(text for text in typed if text)


def setting_of(form: dict[str, Any]) -> dict[str, Any]:
    """Weight, applicants and the version that was seen. Raises `SettingWrong`.

    >>> setting_of({"weight": "0.11", "applicants": "4.384", "version": "0"})
    {'weight': '0.11', 'applicants': 4384, 'version': 0}
    >>> setting_of({"weight": "1/9", "applicants": "", "version": "3"})["applicants"] is None
    True
    """
    typed = str(form.get("applicants", "")).replace(".", "").replace(" ", "")
    applicants, version = _whole(typed), _whole(form.get("version"))
    if version is None or (typed and applicants is None):
        raise SettingWrong()
    return {"weight": str(form.get("weight", "")), "applicants": applicants, "version": version}


def _whole(typed: object) -> int | None:
    text = str(typed)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
