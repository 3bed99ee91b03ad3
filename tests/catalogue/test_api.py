"""The catalogue over HTTP."""

import pytest
from fastapi.testclient import TestClient

EXHIBITION = "kaltim-rekomendasi-penyelenggara-pameran"


def test_the_list_tells_what_a_tile_needs(kaltim: TestClient) -> None:
    tiles = kaltim.get("/api/v1/catalogue").json()
    assert [tile["id"] for tile in tiles] == [EXHIBITION, "kaltim-undian-gratis-berhadiah", "kaltim-pelaporan-sktp-500kw"]
    first = tiles[0]
    assert first["requirements"] == {"listed": True, "count": 7}
    assert first["fee"]["rupiah"] == 0
    assert first["time_limit"]["days"] == 1
    assert first["title"] == "Layanan Penerbitan Rekomendasi Kepada Pihak Penyelenggara Pameran (EO) di Kaltim"
    assert first["name"] == first["title"].upper()
    assert tiles[1]["requirements"] == {"listed": False, "count": 0}


def test_a_list_set_by_a_ministry_is_not_shown_as_no_requirements(kaltim: TestClient) -> None:
    asked = kaltim.get("/api/v1/catalogue/kaltim-undian-gratis-berhadiah").json()
    assert asked["requirements"]["listed"] is False
    assert "Kementerian Sosial" in asked["requirements"]["text"]
    assert asked["nspk_ministry"] == "Kementerian Sosial"


@pytest.mark.parametrize(("query", "found"), [("pamern", EXHIBITION), ("SKTP", "kaltim-pelaporan-sktp-500kw"), ("exhibition", EXHIBITION)])
def test_search_forgives_and_knows_both_languages(kaltim: TestClient, query: str, found: str) -> None:
    assert kaltim.get("/api/v1/catalogue", params={"q": query}).json()[0]["id"] == found


def test_a_query_without_words_finds_everything_and_one_without_sense_nothing(kaltim: TestClient) -> None:
    assert len(kaltim.get("/api/v1/catalogue", params={"q": " ?! "}).json()) == 3
    assert kaltim.get("/api/v1/catalogue", params={"q": "xqzwvk jjjj"}).json() == []


def test_a_query_that_is_too_long_is_refused_in_words(kaltim: TestClient) -> None:
    answer = kaltim.get("/api/v1/catalogue", params={"q": "a" * 101})
    assert (answer.status_code, answer.json()["code"]) == (422, "CATALOGUE-0422")
    assert "100" in answer.json()["message"]
    assert "101" in answer.json()["message"]


@pytest.mark.parametrize("address", ["/api/v1/catalogue/tidak-ada", "/api/v1/catalogue/tidak-ada/qr.svg", "/api/v1/catalogue/%00"])
def test_an_unknown_service_is_a_sentence_and_a_code(kaltim: TestClient, address: str) -> None:
    answer = kaltim.get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "CATALOGUE-0404")


def test_the_page_is_shared_by_the_public_address_and_never_by_the_host_header(kaltim: TestClient) -> None:
    shared = kaltim.get(f"/api/v1/catalogue/{EXHIBITION}", headers={"Host": "evil.example"}).json()
    assert shared["share_url"] == f"https://kios.example.go.id/layanan/standar?id={EXHIBITION}"
    picture = kaltim.get(shared["qr_url"], headers={"Host": "evil.example"})
    assert picture.headers["content-type"] == "image/svg+xml"
    assert shared["qr"]["path"] in picture.text


def test_the_six_components_for_the_public_come_first(kaltim: TestClient) -> None:
    parts = kaltim.get(f"/api/v1/catalogue/{EXHIBITION}").json()["components"]
    assert len(parts["delivery"]) == 6
    assert len(parts["management"]) == 8
    assert parts["delivery"][0] == "requirements"
