"""Commands run inside the test's process, on both databases, as an operator types them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dibs.cli import app
from dibs.settings import Settings

Dibs = Callable[..., Result]


@pytest.fixture
def dibs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Dibs:
    """Runs `dibs …` on this test's database."""
    monkeypatch.setenv("DIBS_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DIBS_DATABASE_URL", settings.database_url)
    # The test's own logging stays.
    monkeypatch.setattr("dibs.commands.console.logs.configure", lambda _: None)
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(each) for each in arguments])


def told(result: Result) -> Any:
    """The JSON that a command printed."""
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result, code: int = 1) -> str:
    """The one line with which a command refused."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line
