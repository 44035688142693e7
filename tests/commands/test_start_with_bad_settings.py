"""A wrong setting stops the start with one line that names it."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.conftest import Dibs, refused


@pytest.fixture
def backend() -> str:
    """One database is enough: nothing is opened."""
    return "sqlite"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("RATE_LIMIT_PER_MINUTE", "-1"),
        ("DATABASE_URL", "mysql://localhost/dibs"),
        ("COOKIE_SECURE", "perhaps"),
        ("LOG_FORMAT", "xml"),
        ("SWEEP_SECONDS", "0"),
    ],
)
def test_a_wrong_value_is_one_line_with_its_name(
    dibs: Dibs, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"DIBS_{name}", value)
    assert refused(dibs("serve"), 2).startswith(f"DIBS_{name}: ")


def test_every_wrong_setting_has_its_line(dibs: Dibs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIBS_PORT", "x")
    monkeypatch.setenv("DIBS_WORKERS", "x")
    result = dibs("serve")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["DIBS_PORT", "DIBS_WORKERS"]


def test_a_flag_wins_over_the_environment(dibs: Dibs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIBS_PORT", "8000")
    assert refused(dibs("serve", "--port", "70000"), 2).startswith("DIBS_PORT: ")


def test_a_place_that_cannot_be_is_named_with_its_setting(
    dibs: Dibs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.delenv("DIBS_DATABASE_URL", raising=False)
    monkeypatch.setenv("DIBS_DATA_DIR", str(tmp_path / "file" / "data"))
    line = refused(dibs("serve", "--port", "0"))
    assert str(tmp_path / "file") in line
    assert "DIBS_DATA_DIR" in line


def test_a_database_server_that_is_not_there_is_named_with_its_setting(dibs: Dibs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    line = refused(dibs("serve", "--port", "0", "--database-url", f"postgresql://me:secret@127.0.0.1:{port}/dibs"))
    assert "check DIBS_DATABASE_URL" in line
    assert "secret" not in line


def test_several_workers_on_sqlite_are_refused(dibs: Dibs) -> None:
    assert refused(dibs("serve", "--workers", "2"), 2).startswith("dibs: DIBS_WORKERS: more than one worker needs")


def test_a_port_in_use_is_refused(dibs: Dibs) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = refused(dibs("serve", "--port", taken.getsockname()[1]), 2)
    assert "cannot listen on 127.0.0.1" in line


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_database_that_cannot_be_reached_is_refused(dibs: Dibs, command: str) -> None:
    line = refused(dibs(command, "--database-url", "postgresql://nobody@127.0.0.1:1/nowhere"))
    assert line.startswith("dibs: The database cannot be migrated: ")


def test_a_database_of_another_version_is_refused(dibs: Dibs, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "dibs.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "run dibs migrate" in refused(dibs("audit", "verify"))


def test_without_a_command_it_lists_them(dibs: Dibs) -> None:
    listed = dibs("--help").stdout
    for command in [
        "serve",
        "demo",
        "migrate",
        "doctor",
        "backup",
        "restore",
        "audit",
        "workspace",
        "agent",
        "api-key",
        "seed",
    ]:
        assert f" {command} " in listed
