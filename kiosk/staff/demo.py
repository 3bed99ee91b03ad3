"""The demonstration's staff: made-up people with PINs that everybody may know.

Their accounts are marked: without KIOSK_DEMO they cannot sign in, also on the same data.
"""

from datetime import datetime

from sqlmodel import Session, select

from kiosk.staff.model import Account
from kiosk.staff.pins import new_pin
from kiosk.staff.service import add_account

PEOPLE = (
    ("Petugas Informasi", ("information", "complaints_operator"), "270841"),
    ("Petugas Customer Service", ("customer_service", "verifier"), "418305"),
    ("Petugas Pendaftaran", ("registration", "liaison"), "593026"),
    ("Petugas Pengambilan", ("collection", "records"), "736194"),
    ("Petugas Pemrosesan", ("processing",), "629473"),
    ("Kepala Dinas", ("agency_head",), "185720"),
    ("Admin Kantor", ("admin",), "860257"),
    ("Auditor Kantor", ("auditor",), "914608"),
)


def accounts(office_id: str) -> list[tuple[str, tuple[str, ...], str]]:
    """Name, roles and PIN of the demonstration's staff; every office has the same people."""
    return list(PEOPLE)


def load(session: Session, office_id: str, at: datetime) -> None:
    """Add who is missing; those who are there stay as they are."""
    there = set(session.exec(select(Account.name).where(Account.office_id == office_id)))
    for name, roles, pin in accounts(office_id):
        if name not in there:
            secret = new_pin(pin)
            add_account(session, office_id=office_id, name=name, roles=roles, secret=secret, at=at, actor="seed", demo=True)
