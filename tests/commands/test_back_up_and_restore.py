"""dibs backup and dibs restore: everything is there again, and nothing is overwritten by mistake."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dibs.settings import Settings
from tests.commands.conftest import Dibs, refused, told
from tests.support.postgres import binary


@pytest.fixture(autouse=True)
def _programs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs of the server's own version, where there are any."""
    if settings.is_sqlite:
        return
    folder = binary("postgres").parent
    if not (folder / "pg_dump").exists():
        pytest.skip("there is no pg_dump of the server's version here")
    monkeypatch.setenv("PATH", str(folder))


def test_a_restored_database_has_everything(dibs: Dibs, tmp_path: Path) -> None:
    made = told(dibs("seed", "--agents", 3, "--conversations", 40, "--history", 3, "--json"))
    before = told(dibs("audit", "verify", "--json"))
    file = tmp_path / "backup"
    assert dibs("backup", file).exit_code == 0
    assert [each.name for each in tmp_path.glob("backup*")] == ["backup"]
    told(dibs("workspace", "create", "Later", "--owner-email", "otto@dibs.example", "--json"))
    result = dibs("restore", file, "--force")
    assert result.exit_code == 0, result.output
    assert told(dibs("audit", "verify", "--json")) == before
    assert before["workspaces"][0]["workspace_id"] == made["workspace_id"]


def test_a_database_with_workspaces_is_not_overwritten(dibs: Dibs, tmp_path: Path) -> None:
    told(dibs("seed", "--agents", 1, "--conversations", 1, "--json"))
    file = tmp_path / "backup"
    assert dibs("backup", file).exit_code == 0
    assert "--force" in refused(dibs("restore", file))


def test_a_missing_file_and_one_that_is_no_backup_are_refused(dibs: Dibs, tmp_path: Path, settings: Settings) -> None:
    assert "no file" in refused(dibs("restore", tmp_path / "nothing"))
    (tmp_path / "letter").write_text("dear reader")
    told(dibs("workspace", "create", "Acme", "--owner-email", "olga@dibs.example", "--json"))
    assert refused(dibs("restore", tmp_path / "letter", "--force"))
    assert told(dibs("audit", "verify", "--json"))["ok"]


def test_a_damaged_backup_is_refused(dibs: Dibs, tmp_path: Path, settings: Settings) -> None:
    if not settings.is_sqlite:
        pytest.skip("pg_restore checks its own format")
    told(dibs("seed", "--agents", 3, "--conversations", 200, "--json"))
    file = tmp_path / "backup"
    dibs("backup", file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"x" * 20_000
    file.write_bytes(data)
    assert refused(dibs("restore", file, "--force"))
    assert told(dibs("audit", "verify", "--json"))["ok"]


def test_a_backup_of_an_open_database_is_consistent(dibs: Dibs, tmp_path: Path, settings: Settings) -> None:
    if not settings.is_sqlite:
        pytest.skip("pg_dump takes a snapshot")
    told(dibs("seed", "--agents", 1, "--conversations", 20, "--json"))
    with closing(sqlite3.connect(tmp_path / "dibs.db", isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        busy.execute("DELETE FROM drafts")
        assert dibs("backup", tmp_path / "backup").exit_code == 0
        busy.execute("ROLLBACK")
    with closing(sqlite3.connect(tmp_path / "backup")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM conversations").fetchone() == (20,)


def test_without_the_programs_the_line_says_what_to_install(
    dibs: Dibs, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if settings.is_sqlite:
        pytest.skip("SQLite needs no programs")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "pg_dump is not on PATH" in refused(dibs("backup", tmp_path / "backup"))
