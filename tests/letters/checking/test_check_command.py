"""`kiosk letters verify`: the same verdicts without a node; status 0 for `valid` alone."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.cli import cli
from kiosk.letters.checking import command
from kiosk.letters.checking.command import lines
from kiosk.letters.checking.reasons import REASONS
from kiosk.letters.trust.judging import Judgement
from tests.letters import forgeries
from tests.letters.checking.office import Office, rendered, saved


@pytest.fixture
def said(issuer: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(command, "settings", lambda: issuer.registry.settings)
    monkeypatch.setattr(command, "utc_now", lambda: issuer.registry.now)

    def run(given: str | bytes, *words: str) -> tuple[int, str]:
        if isinstance(given, bytes):
            (tmp_path / "surat.pdf").write_bytes(given)
            given = str(tmp_path / "surat.pdf")
        done = CliRunner().invoke(cli, ["letters", "verify", given, *words])
        return done.exit_code, done.output

    return run


def test_a_sealed_letter_is_valid_and_the_status_0(said, issuer: Office) -> None:
    status, output = said(issuer.pdf, "--json")
    assert (status, json.loads(output)) == (0, issuer.judge(issuer.pdf).as_json())
    status, output = said(issuer.pdf, "--language", "id")
    assert status == 0
    assert "Tanda tangan berkas ini sah" in output
    assert re.search("Nama pada surat: +Siti Rahmah", output)
    assert re.search("Daftar surat dicabut per: +20", output)


def test_everything_else_ends_with_status_1(said, issuer: Office) -> None:
    for given in (forgeries.overlay_name(issuer.pdf), saved(rendered(issuer.pdf)), b"surat", b""):
        status, output = said(given, "--json")
        assert (status, json.loads(output)) == (1, issuer.judge(given).as_json())
    assert said(issuer.code(issuer.record), "--json")[0] == 1
    assert said("https://penipu.example")[0] == 1


@pytest.mark.parametrize("given", ["tidak-ada.pdf", "/", "a\0b", "x" * 5000])
def test_what_is_neither_file_nor_code_is_a_slip_of_the_hand(said, given: str) -> None:
    status, output = said(given)
    assert status == 2
    assert "verify" in output


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_told_in_both_languages(reason: str, language) -> None:
    told = "\n".join(lines(Judgement("code", "altered", reasons=(reason,)), language))
    assert reason in told
    assert "> " in told
