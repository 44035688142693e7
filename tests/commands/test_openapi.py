"""dibs openapi: the document for those who generate clients from it."""

import json
from pathlib import Path

import pytest

from dibs.app import create
from dibs.settings import Settings
from tests.commands.conftest import Dibs, refused
from tests.support.server import ROOT


@pytest.fixture
def backend() -> str:
    """No database is opened."""
    return "sqlite"


def test_it_is_the_document_that_the_server_sends(dibs: Dibs, settings: Settings) -> None:
    printed = dibs("openapi").stdout
    assert json.loads(printed) == create(settings).openapi()
    assert printed.endswith("}\n")
    assert printed == dibs("openapi").stdout


def test_it_touches_nothing(dibs: Dibs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DIBS_DATA_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("DIBS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nowhere")
    assert dibs("openapi").exit_code == 0
    assert not (tmp_path / "nowhere").exists()


def test_it_is_for_those_who_build_and_not_listed(dibs: Dibs) -> None:
    assert "openapi" not in dibs("--help").stdout


def test_a_wrong_setting_is_one_line(dibs: Dibs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIBS_PORT", "http")
    assert refused(dibs("openapi"), 2).startswith("DIBS_PORT: ")


def test_it_takes_no_arguments(dibs: Dibs) -> None:
    assert dibs("openapi", "--yaml").exit_code == 2
    assert dibs("openapi", "file.json").exit_code == 2


def test_the_web_app_is_written_against_this_document(settings: Settings, dibs: Dibs) -> None:
    kept = (ROOT / "web/src/api/openapi.json").read_text(encoding="utf-8")
    assert kept == dibs("openapi").stdout, "run `python3 dev.py gen`"
