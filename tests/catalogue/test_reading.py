"""What is read aloud of the office and of the list."""

from kiosk.catalogue import reading
from kiosk.speech.spoken import spoken

HOURS = {str(day): ["08:00", "16:00"] for day in range(1, 5)} | {"5": ["08:00", "15:30"]}


def test_days_in_a_row_with_the_same_hours_are_one_line():
    assert [text for _, text in reading.week(HOURS, "WITA", "id")] == [
        "Senin-Kamis: 08:00-16:00 WITA",
        "Jumat: 08:00-15:30 WITA",
        "Sabtu-Minggu: Tutup",
    ]


def test_a_day_off_in_the_middle_parts_the_days_around_it():
    hours = dict.fromkeys("1345", HOURS["1"])
    assert [text.split(":")[0] for _, text in reading.week(hours, "WIB", "en")] == [
        "Monday",
        "Tuesday",
        "Wednesday-Friday",
        "Saturday-Sunday",
    ]


def test_the_hours_can_be_said():
    (_, first), *_ = reading.week(HOURS, "WITA", "id")
    assert spoken(first, "id") == "Senin sampai Kamis: pukul delapan sampai enam belas Waktu Indonesia Tengah"


def test_where_no_source_tells_the_hours_the_voice_says_so():
    assert reading.week(None, "WIB", "en") == [("en", "The office's documents do not tell its opening hours.")]


def test_the_list_reads_every_service_by_its_voice():
    named = {"office_wide": False, "title": "Izin Pameran", "translation": {"en": {"name": "Exhibition permit"}}}
    plain = {"office_wide": False, "title": "Izin Lain", "translation": None}
    nameless = {"office_wide": True, "title": "Standar", "translation": None}
    listed = [named, plain, nameless]
    assert reading.names(listed, "en") == [("en", "Exhibition permit"), ("id", "Izin Lain"), ("en", "Service standard of the whole office")]
    assert reading.names(listed, "id") == [("id", "Izin Pameran"), ("id", "Izin Lain"), ("id", "Standar pelayanan seluruh kantor")]


def test_a_way_to_complain_is_read_once():
    one = {"complaints": {"online": [{"channel": "SP4N", "value": "lapor.go.id"}], "channels": [], "ways": [], "face_to_face": ["Loket"]}}
    assert reading.complaints([one, one, {"complaints": None}]) == [("id", "Loket"), ("id", "SP4N: lapor.go.id")]
