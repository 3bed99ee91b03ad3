"""The demonstration's staff: made-up people, one a desk, with PINs that everybody may know.

Their accounts are marked: without KIOSK_DEMO they cannot sign in, also on the same data.
"""

from datetime import datetime

from sqlmodel import Session, select

from kiosk.staff.model import Account
from kiosk.staff.service import add_account

PEOPLE = (
    ("Petugas Informasi", "officer", "270841"),
    ("Petugas Customer Service", "officer", "418305"),
    ("Petugas Pendaftaran", "officer", "593026"),
    ("Petugas Pengambilan", "officer", "736194"),
    ("Admin Kantor", "admin", "860257"),
    ("Auditor Kantor", "auditor", "914608"),
)


def accounts(office_id: str) -> list[tuple[str, str, str]]:
    """Name, role and PIN of the demonstration's staff; every office has the same people."""
    return list(PEOPLE)


def load(session: Session, office_id: str, at: datetime) -> None:
    """Add who is missing; those who are there stay as they are."""
    there = set(session.exec(select(Account.name).where(Account.office_id == office_id)))
    for name, role, pin in accounts(office_id):
        if name not in there:
            add_account(session, office_id=office_id, name=name, role=role, pin=pin, at=at, actor="seed", demo=True)
