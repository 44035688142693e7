"""dibs doctor: it looks at everything, races itself, and leaves nothing behind."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dibs.settings import Settings
from tests.commands.conftest import Dibs, told


def test_a_sound_installation_is_ok(dibs: Dibs) -> None:
    report = told(dibs("doctor", "--agents", 5, "--rounds", 12, "--json"))
    assert report["ok"] is True
    names = [check["name"] for check in report["checks"]]
    assert names == ["configuration", "data directory", "database", "migrations", "clock", "channels", "race"]
    race = report["race"]
    assert (race["agents"], race["rounds"], race["lost_updates"]) == (5, 12, 0)
    assert 0 < race["claim_p50"] <= race["claim_p99"]
    assert race["events_p95"] >= 0


def test_the_scratch_workspace_is_gone_afterwards(dibs: Dibs) -> None:
    told(dibs("doctor", "--agents", 2, "--rounds", 2, "--json"))
    assert told(dibs("audit", "verify", "--json"))["workspaces"] == []


def test_people_are_told_in_lines(dibs: Dibs) -> None:
    said = dibs("doctor", "--agents", 2, "--rounds", 2).stdout.splitlines()
    assert all(line.startswith("ok ") for line in said)
    assert "lost updates 0" in said[-1]


def test_a_database_behind_its_migrations_is_a_problem(dibs: Dibs, settings: Settings, tmp_path: Path) -> None:
    if not settings.is_sqlite:
        pytest.skip("one database is enough")
    with closing(sqlite3.connect(tmp_path / "dibs.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    result = dibs("doctor")
    assert result.exit_code == 1
    assert "BAD  migrations" in result.stdout


def test_a_database_that_cannot_be_reached_is_a_problem(dibs: Dibs) -> None:
    result = dibs("doctor", "--database-url", "postgresql://nobody@127.0.0.1:1/nowhere")
    assert result.exit_code == 1
    assert "BAD  database" in result.stdout
