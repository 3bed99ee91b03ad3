"""Every route on one screen."""

import reflex as rx

from kiosk.audit.trail.screen import trail_page
from kiosk.catalogue.screen import KeepCatalogue, list_page, notes_page, office_page, service_page
from kiosk.checklist.desk.screen import desk_page
from kiosk.checklist.screen import check_page
from kiosk.devices.screen import enrol_page
from kiosk.letters.later.screen import suspicions_page
from kiosk.letters.page.screen import verify_page
from kiosk.letters.register.onscreen.screen import letters_page
from kiosk.notices.screen import NoticeStrip, staff_notices
from kiosk.queues.screen import board_page, counter_page, follow_page, take_page
from kiosk.staff.devices.screen import devices_page
from kiosk.staff.mine.screen import own_page
from kiosk.staff.people.screen import people_page
from kiosk.staff.screen import sign_in_page
from kiosk.survey.onscreen.screen import report_page
from kiosk.survey.public.screen import board_line, index_link, index_page
from kiosk.survey.screen import survey_page
from kiosk.tls.screen import setup_page
from kiosk.ui.home import home_page


def _home() -> rx.Component:
    return home_page(KeepCatalogue.create(), news=NoticeStrip.create())


def _board() -> rx.Component:
    return board_page(board_line())


def _office() -> rx.Component:
    return office_page(index_link())


def _counter() -> rx.Component:
    return counter_page(staff_notices())


def _own() -> rx.Component:
    return own_page(staff_notices())


# path -> (screen, title of the window, whom it is for)
PAGES = {
    "/": (_home, "Kios PTSP", "everybody"),
    "/layanan": (list_page, "Layanan", "everybody"),
    "/layanan/standar": (service_page, "Standar pelayanan", "everybody"),
    "/checklist": (check_page, "Periksa kelengkapan berkas", "everybody"),
    "/survey": (survey_page, "Survei kepuasan", "everybody"),
    "/verify": (verify_page, "Cek surat", "everybody"),
    "/kantor": (_office, "Jam buka dan loket", "everybody"),
    "/antrean": (take_page, "Ambil nomor antrean", "everybody"),
    "/tiket": (follow_page, "Nomor saya", "who has the ticket"),
    "/papan": (_board, "Papan antrean", "everybody"),
    "/indeks": (index_page, "Indeks kepuasan masyarakat", "everybody"),
    "/masuk": (sign_in_page, "Masuk", "staff"),
    "/setup": (setup_page, "Siapkan tablet", "everybody"),
    "/loket": (_counter, "Loket", "staff"),
    "/berkas": (desk_page, "Berkas", "staff"),
    "/laporan": (report_page, "Laporan SKM", "staff"),
    "/surat": (letters_page, "Surat", "staff"),
    "/akun": (_own, "Akun saya", "staff"),
    "/petugas": (people_page, "Petugas", "staff"),
    "/catatan": (notes_page, "Catatan sumber", "staff"),
    "/perangkat": (devices_page, "Perangkat", "staff"),
    "/daftar": (enrol_page, "Daftarkan perangkat", "everybody"),
    "/dugaan": (suspicions_page, "Dugaan surat palsu", "staff"),
    "/riwayat": (trail_page, "Riwayat", "staff"),
}

# What the demonstration prints: path -> what it is.
SCREENS = {
    "/": "touchscreen",
    "/antrean": "take a number",
    "/layanan": "services and requirements",
    "/checklist": "check which papers are missing",
    "/survey": "satisfaction survey",
    "/verify": "check a letter",
    "/kantor": "hours and desks",
    "/papan": "lobby board (TV)",
    "/indeks": "index of satisfaction",
    "/masuk": "staff sign in",
    "/loket": "counter (after sign in)",
    "/berkas": "sign checklists (after sign in as Customer Service)",
    "/laporan": "survey report (after sign in as admin, head or auditor)",
    "/surat": "issue and revoke letters (after sign in as processing or head)",
    "/petugas": "staff and roles (admin)",
    "/catatan": "source notes (after sign in)",
    "/perangkat": "devices (after sign in as admin)",
    "/daftar": "enrol a device",
    "/dugaan": "suspected forgeries (after sign in as admin, head or auditor)",
    "/riwayat": "audit trail (after sign in as auditor)",
}


def add_pages(app: rx.App) -> None:
    """Give `app` its pages."""
    for route, (screen, title, _) in PAGES.items():
        app.add_page(screen, route=route, title=title)
