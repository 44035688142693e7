"""Every setting is documented, with its default, and a wrong one is told by its name."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from dibs.settings import Settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
ROWS = dict(re.findall(r"^\| `DIBS_(\w+)` \| (.+?) \|", PAGE.read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    default = Settings.model_fields[name].default
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    assert name.upper() in ROWS, f"docs/settings.md lacks DIBS_{name.upper()}"
    if shown:
        assert ROWS[name.upper()] == f"`{shown}`"


def test_nothing_else_is_documented() -> None:
    assert {name.lower() for name in ROWS} == Settings.model_fields.keys()


def test_every_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIBS_PORT", "9000")
    monkeypatch.setenv("DIBS_DATA_DIR", "/srv/dibs")
    found = Settings()
    assert (found.port, found.url) == (9000, "sqlite:////srv/dibs/dibs.db")


@pytest.mark.parametrize("url", ["mysql://x", "dibs.db", "sqlite:/x", "http://x"])
def test_an_unknown_database_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="use sqlite:///path"):
        Settings(database_url=url)
