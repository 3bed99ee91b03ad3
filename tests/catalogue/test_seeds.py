"""Nothing of the five documents is lost on its way to the screen, and nothing is invented.

The source copies in `tests/data/services` are walked leaf by leaf. Each leaf has one place in what the API gives (or, for
staff, in the notes), found by the table below, which knows nothing of the code that made the seeds.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient
from sqlmodel import Session

from kiosk.catalogue import service
from kiosk.core.runtime import runtime

from .conftest import MORNING, OFFICES, SEEDS, standards_of

SOURCES = Path(__file__).parents[1] / "data/services"

# Source key -> key of the API. A star is a position in a list; the stars of both sides fill each other in order.
PLACES = {
    "id": "id",
    "jenis_dokumen": "document.kind",
    "dokumen.nomor": "document.number",
    "dokumen.revisi": "document.revision",
    "dokumen.tanggal_pembuatan": "document.created",
    "dokumen.tanggal_revisi": "document.revised",
    "dokumen.tanggal_efektif": "document.effective",
    "dokumen.halaman": "document.pages",
    "kelompok": "document.group",
    "nomor_urut_dokumen": "document.order",
    "judul_dokumen": "document.title",
    "nama_layanan": "name",
    "perangkat_daerah": "agency",
    "unit": "unit",
    "wilayah": "region",
    "pejabat_penetap": "enacted_by",
    "kementerian_nspk": "nspk_ministry",
    "penetapan.tempat": "enactment.place",
    "penetapan.tanggal": "enactment.date_text",
    "penetapan.tanggal_iso": "enactment.date",
    "penetapan.jabatan_penanda_tangan": "enactment.signatory",
    "persyaratan.dirinci_dalam_dokumen": "requirements.listed",
    "persyaratan.jumlah": "requirements.count",
    "persyaratan.teks": "requirements.text",
    "persyaratan.daftar.*.urutan": "requirements.items.*.order",
    "persyaratan.daftar.*.teks": "requirements.items.*.text",
    "persyaratan.daftar.*.bersyarat": "requirements.items.*.condition",
    "prosedur.jumlah_langkah": "procedure.step_count",
    "prosedur.sistem.*": "procedure.systems.*",
    "prosedur.peran.*": "procedure.roles.*",
    "prosedur.kolom_pelaksana.*": "procedure.roles.*",
    "prosedur.langkah.*.urutan": "procedure.steps.*.order",
    "prosedur.langkah.*.pelaksana": "procedure.steps.*.actor",
    "prosedur.langkah.*.pelaksana_dasar": "procedure.steps.*.actor_basis",
    "prosedur.langkah.*.pelaksana_tersentuh_simbol.*": "procedure.steps.*.actors.*",
    "prosedur.langkah.*.uraian": "procedure.steps.*.text",
    "prosedur.langkah.*.rincian.*": "procedure.steps.*.details.*",
    "prosedur.langkah.*.waktu.teks": "procedure.steps.*.time.text",
    "prosedur.langkah.*.waktu.hari_ke": "procedure.steps.*.time.day",
    "prosedur.langkah.*.waktu.menit_min": "procedure.steps.*.time.minutes_min",
    "prosedur.langkah.*.waktu.menit_maks": "procedure.steps.*.time.minutes_max",
    "prosedur.langkah.*.waktu.maks_hari_kerja": "procedure.steps.*.time.working_days_max",
    "prosedur.langkah.*.keterangan.*": "procedure.steps.*.notes.*",
    "prosedur.langkah.*.keterangan": "procedure.steps.*.notes.0",
    "jangka_waktu.teks": "time_limit.text",
    "jangka_waktu.hari": "time_limit.days",
    "jangka_waktu.hari_kerja": "time_limit.working_days",
    "jangka_waktu.mulai_hitung.*": "time_limit.starts.*",
    "biaya.teks": "fee.text",
    "biaya.rupiah": "fee.rupiah",
    "produk": "product.name",
    "masa_berlaku_produk": "product.validity",
    "pengaduan.sistem": "complaints.system",
    "pengaduan.cara.*": "complaints.ways.*",
    "pengaduan.tatap_muka.*": "complaints.face_to_face.*",
    "pengaduan.online.*.kanal": "complaints.online.*.channel",
    "pengaduan.online.*.nilai": "complaints.online.*.value",
    "pengaduan.kanal.*.kanal": "complaints.channels.*.channel",
    "pengaduan.kanal.*.nilai": "complaints.channels.*.value",
    "pengaduan.waktu_layanan": "complaints.hours",
    "dasar_hukum.jumlah": "legal_basis.count",
    "dasar_hukum.daftar.*": "legal_basis.items.*",
    "sarana_prasarana.*": "facilities.0.items.*",
    "sarana_prasarana.ruang.*": "facilities.0.items.*",
    "sarana_prasarana.sarana_kantor.*": "facilities.1.items.*",
    "kompetensi_pelaksana.*": "staff_competence.0.items.*",
    "kompetensi_pelaksana.kelompok": "staff_competence.0.name",
    "kompetensi_pelaksana.daftar.*": "staff_competence.0.items.*",
    "pengawasan_internal.*": "internal_oversight.0.items.*",
    "pengawasan_internal.teks": "internal_oversight.0.text",
    "pengawasan_internal.daftar.*": "internal_oversight.0.items.*",
    "pelaksana.teks": "staffing.text",
    "pelaksana.jumlah": "staffing.count",
    "jaminan_pelayanan.*": "service_guarantee.0.items.*",
    "jaminan_keamanan_keselamatan.*": "safety_guarantee.0.items.*",
    "evaluasi_kinerja.*": "performance_evaluation.0.items.*",
    "evaluasi_kinerja.skm.*": "performance_evaluation.0.items.*",
    "evaluasi_kinerja.lain.*": "performance_evaluation.1.items.*",
    "jam_pelayanan.teks": "service_hours.text",
    "jam_pelayanan.zona_waktu": "service_hours.zone",
    "jam_pelayanan.senin_kamis.*": "service_hours.monday_to_thursday.*",
    "jam_pelayanan.jumat.*": "service_hours.friday.*",
    "alur_konsultasi_elektronik.kolom_pelaksana.*": "consultation.roles.*",
    "alur_konsultasi_elektronik.langkah.*.nomor_di_sumber": "consultation.steps.*.number",
    "alur_konsultasi_elektronik.langkah.*.uraian": "consultation.steps.*.text",
    "alur_konsultasi_elektronik.langkah.*.keputusan.*": "consultation.steps.*.decisions.*",
    "formulir.*": "forms.*",
    "dokumen_terkait.*.judul": "related_documents.*.title",
    "dokumen_terkait.*.kode": "related_documents.*.code",
    "motto": "motto",
    "motto_kepanjangan": "motto_meaning",
}
# What only staff see: the file that a text came from tells the public nothing, and the defects are the office's to mend.
STAFF_PLACES = {"source": "source", "catatan_sumber.*": "source_notes.*"}
# What the API adds by itself, and why it is no invention.
ADDED = {
    "title": "the name again, or the words for a standard without one",
    "office_wide": "says that the name is missing",
    "translation": "the office's own, shown as unofficial",
    "digest": "tells an old copy from a new one",
    "components": "order of PermenPANRB 15/2014",
    "share_url": "address",
    "qr_url": "address",
    "qr": "the address drawn",
    "speech": "address of clips",
    "heading": "the key under which the source divides a list",
}

Leaf = tuple[tuple[str | int, ...], Any]


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path, value


def place_of(path: tuple[str | int, ...], places: dict[str, str]) -> list[str | int] | None:
    pattern = ".".join("*" if isinstance(part, int) else part for part in path)
    if pattern not in places:
        return None
    numbers = iter(part for part in path if isinstance(part, int))
    return [next(numbers) if part == "*" else int(part) if part.isdigit() else part for part in places[pattern].split(".")]


def look(value: Any, path: list[str | int]) -> Any:
    for part in path:
        value = value[part]
    return value


def sources_of(office_id: str) -> dict[str, Any]:
    found = (yaml.safe_load(path.read_text()) for path in sorted(SOURCES.glob("*.yaml")))
    return {source["id"]: source for source in found if source["id"].startswith(office_id)}


def test_every_document_has_an_office_that_shows_it() -> None:
    ids = {source for office_id in OFFICES for source in sources_of(office_id)}
    assert len(ids) == len(list(SOURCES.glob("*.yaml"))) == 5
    assert ids == {standard.id for office_id in OFFICES for standard in standards_of(office_id)}


def test_every_text_and_number_of_the_source_stands_at_its_place(any_office: TestClient) -> None:
    with runtime().reading() as session:
        notes = {note["id"]: note for note in service.source_notes(session, office_id=runtime().office_id)}
    checked = 0
    for service_id, source in sources_of(runtime().office_id).items():
        shown = any_office.get(f"/api/v1/catalogue/{service_id}").json()
        for path, value in leaves(source):
            public, staff = place_of(path, PLACES), place_of(path, STAFF_PLACES)
            assert public or staff, f"{service_id}: nothing says where {path} is shown"
            found = look(shown, public) if public else look(notes[service_id], staff or [])
            assert found == value, f"{service_id}: {path}"
            assert type(found) is type(value), f"{service_id}: {path}"
            checked += 1
    assert checked > 80


def test_nothing_is_shown_that_the_source_does_not_say(any_office: TestClient) -> None:
    for service_id, source in sources_of(runtime().office_id).items():
        said = {tuple(place) for path, _ in leaves(source) if (place := place_of(path, PLACES))}
        for path, value in leaves(any_office.get(f"/api/v1/catalogue/{service_id}").json()):
            if value is not None and not any(part in ADDED for part in path):
                assert path in said, f"{service_id}: {path} = {value!r} comes from nowhere"


def test_defects_and_origin_of_a_document_are_not_told_to_the_public(any_office: TestClient) -> None:
    for service_id, source in sources_of(runtime().office_id).items():
        told = any_office.get(f"/api/v1/catalogue/{service_id}").text + any_office.get("/api/v1/catalogue").text
        assert source["source"] not in told
        assert not any(note[:40] in told for note in source["catatan_sumber"])


@pytest.mark.parametrize("office_id", OFFICES)
def test_a_seed_loaded_twice_changes_and_records_nothing(session: Session, office_id: str) -> None:
    first = service.load(session, office_id=office_id, standards=standards_of(office_id), at=MORNING)
    again = service.load(session, office_id=office_id, standards=standards_of(office_id), at=MORNING)
    assert len(first.changed) == len(standards_of(office_id))
    assert again == service.Loaded((), ())


def test_hours_of_the_office_are_those_of_its_document_or_none() -> None:
    """An hour that no document gives is not made up."""
    for office_id in OFFICES:
        office = yaml.safe_load((SEEDS / f"{office_id}.yaml").read_text())["office"]
        printed = next((source["jam_pelayanan"] for source in sources_of(office_id).values() if "jam_pelayanan" in source), None)
        if printed is None:
            assert office["hours"] is None
            assert office["hours_text"] is None
        else:
            week = [[re.sub(r"\.", ":", hour) for hour in printed[days]] for days in ("senin_kamis",) * 4 + ("jumat",)]
            assert office["hours"] == {str(day): hours for day, hours in enumerate(week, start=1)}
            assert office["hours_text"] == printed["teks"]


def test_the_calendar_is_the_source_calendar() -> None:
    lines = (SEEDS / "calendar/2026.csv").read_text().splitlines()
    assert lines[0] == "tanggal,keterangan,jenis"
    assert len(lines) == 26
