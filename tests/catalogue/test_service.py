"""Loading and reading the catalogue."""

import json

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from kiosk.catalogue import service
from kiosk.catalogue.standard import FOR_STAFF, ServiceStandard
from kiosk.sync.outbox import OutboxEvent

from .conftest import MORNING, standards_of


def events(session: Session) -> list[OutboxEvent]:
    session.commit()
    return list(session.exec(select(OutboxEvent).order_by(OutboxEvent.seq)))


def changed(standard: ServiceStandard, **facts: object) -> ServiceStandard:
    return ServiceStandard.model_validate(standard.model_dump() | facts)


def test_a_load_is_recorded_with_the_digest_of_every_service(session: Session) -> None:
    standards = standards_of("kaltim")
    service.load(session, office_id="kaltim", standards=standards, at=MORNING, actor="cli")
    (event,) = events(session)
    assert (event.kind, event.actor) == ("catalogue.loaded", "cli")
    assert json.loads(event.body)["services"] == [{"id": one.id, "digest": one.digest} for one in standards]


def test_only_what_changed_is_written_and_told(session: Session) -> None:
    first, second, third = standards_of("kaltim")
    service.load(session, office_id="kaltim", standards=[first, second, third], at=MORNING)
    done = service.load(session, office_id="kaltim", standards=[first, changed(second, name="Undian"), third], at=MORNING)
    assert done == service.Loaded((second.id,), ())
    assert service.get_service(session, office_id="kaltim", service_id=second.id)["name"] == "Undian"
    assert len(events(session)) == 2


def test_a_service_that_left_the_seed_leaves_the_catalogue(session: Session) -> None:
    first, second, third = standards_of("kaltim")
    service.load(session, office_id="kaltim", standards=[first, second, third], at=MORNING)
    done = service.load(session, office_id="kaltim", standards=[third, first], at=MORNING)
    assert done.removed == (second.id,)
    assert [one["id"] for one in service.list_services(session, office_id="kaltim")] == [third.id, first.id]
    with pytest.raises(service.ServiceUnknown):
        service.get_service(session, office_id="kaltim", service_id=second.id)


def test_one_office_does_not_show_the_services_of_another(session: Session) -> None:
    for office_id in ("kaltim", "rohil"):
        service.load(session, office_id=office_id, standards=standards_of(office_id), at=MORNING)
    assert [one["id"] for one in service.list_services(session, office_id="rohil")] == ["rohil-rekomendasi-jompo-terlantar"]
    with pytest.raises(service.ServiceUnknown) as error:
        service.get_service(session, office_id="rohil", service_id="kaltim-undian-gratis-berhadiah")
    assert error.value.code == "CATALOGUE-0404"


def test_staff_see_where_a_text_came_from_and_what_is_wrong_with_it(session: Session) -> None:
    service.load(session, office_id="jatim", standards=standards_of("jatim"), at=MORNING)
    (notes,) = service.source_notes(session, office_id="jatim")
    assert notes["source"] == "003_0352cfab3707ebbd.txt"
    assert len(notes["source_notes"]) == 4
    assert not set(FOR_STAFF) & set(service.get_service(session, office_id="jatim", service_id=notes["id"]))


def test_a_standard_whose_document_names_no_service_is_office_wide(session: Session) -> None:
    service.load(session, office_id="jatim", standards=standards_of("jatim"), at=MORNING)
    (tile,) = service.list_services(session, office_id="jatim")
    assert (tile["name"], tile["office_wide"], tile["requirements"], tile["fee"]) == (None, True, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "blue"},
        {"id": "Kaltim Undian"},
        {"requirements": {"listed": True, "count": 2, "items": [{"order": 1, "text": "KTP"}]}},
        {"requirements": {"listed": True, "items": [{"order": 1, "text": ""}]}},
        {"translations": {"en": {"requirements": ["Identity card"]}}},
    ],
)
def test_a_seed_with_a_wrong_field_is_refused(wrong: dict[str, object]) -> None:
    good = standards_of("kaltim")[0]
    with pytest.raises(ValidationError):
        changed(good, **wrong)
