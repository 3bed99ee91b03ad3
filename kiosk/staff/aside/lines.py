"""Entries that were kept aside as the admin reads them."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.core.actors import read_actor
from kiosk.core.clock import local
from kiosk.devices.model import AsideEntry


@dataclass
class Aside:
    """An entry that was kept aside: when, of which device, what it is about, why; and who settled it when, and how.

    `entry_id` and `content` are its place.
    """

    entry_id: str = ""
    content: str = ""
    at: str = ""
    lane: str = ""
    about: str = ""
    kind: str = ""
    code: str = ""
    settled: str = ""
    by: str = ""
    note: str = ""


def aside(entry: AsideEntry, *, lanes: Mapping[str, str], people: Mapping[str, str], zone: str) -> Aside:
    """An entry kept aside; `lanes` by the id of the device, `people` names by the id of the account, `zone` the office's."""
    actor = read_actor(entry.settled_by)
    return Aside(
        entry_id=entry.id,
        content=entry.content_hash,
        at=local(entry.at, zone),
        lane=lanes.get(entry.device_id, ""),
        about=entry.about or "-",
        kind=entry.kind,
        code=entry.code,
        settled=local(entry.settled_at, zone),
        by=people.get(actor.account, actor.account[:8]) if actor.account else actor.kind,
        note=entry.note,
    )
