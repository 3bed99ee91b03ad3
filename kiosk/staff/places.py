"""Where staff may go: every staff page, in the order of the bar, and the roles that open it."""

from collections.abc import Collection
from dataclasses import dataclass

from kiosk.core.i18n import N_
from kiosk.staff.rules import ADMIN, AUDIT, CHECK, COUNTER, NOTES, REPORT, SUSPICIONS


@dataclass(frozen=True)
class Place:
    """A staff page: its name in the bar, and who may open it."""

    name: str
    roles: frozenset[str]


# path -> place. Whoever signs in comes to the first one that the roles open.
PLACES = {
    "/loket": Place(N_("Counter"), COUNTER),
    "/berkas": Place(N_("Checklists"), CHECK),
    "/laporan": Place(N_("Survey report"), REPORT),
    "/petugas": Place(N_("Staff and roles"), ADMIN),
    "/perangkat": Place(N_("Devices"), ADMIN),
    "/dugaan": Place(N_("Suspected forgeries"), SUSPICIONS),
    "/riwayat": Place(N_("Audit trail"), AUDIT),
    "/catatan": Place(N_("Source notes"), NOTES),
}


def open_to(roles: Collection[str]) -> list[str]:
    """Paths of the places that these roles open.

    >>> open_to({"admin"}), open_to({"agency"})
    (['/laporan', '/petugas', '/perangkat', '/dugaan', '/catatan'], [])
    """
    return [path for path, place in PLACES.items() if place.roles & set(roles)]
