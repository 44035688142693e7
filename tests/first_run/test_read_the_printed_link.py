"""dibs serve on a fresh installation prints one line with the link; on any other it prints none."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from dibs.commands.serve import _prepared
from dibs.settings import Settings
from tests.support.postgres import PostgresServer
from tests.support.server import RunningServer

LINK = re.compile(r"^To set up this installation, open (http://\S+)/welcome\?code=(\S+)$", re.MULTILINE)
FORM = {"workspace": "Acme", "name": "Olga", "email": "olga@acme.example", "password": "correct horse battery"}


@pytest.fixture
def backend() -> str:
    """Where it matters the tests name the database themselves."""
    return "sqlite"


def test_the_link_sets_the_installation_up_and_is_not_printed_again(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        ((url, code),) = LINK.findall(server.log)
        assert url == server.url
        answer = httpx.post(f"{url}/v1/first-run", json=FORM | {"code": code}, trust_env=False)
        assert answer.status_code == 201, answer.text
        server.stop()
        before = server.log
        server.start()
        assert server.log.startswith(before)
        assert not LINK.search(server.log[len(before) :])


def test_a_restart_before_it_was_used_prints_the_same_link(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        server.stop()
        server.start()
        first, second = LINK.findall(server.log)
        assert first == second


def test_every_worker_knows_the_code(tmp_path: Path, postgres: PostgresServer) -> None:
    postgres.create_database("dibs_first_run")
    command = ("dibs", "serve", "--workers", "2", "--port")
    with RunningServer(tmp_path, postgres.url("dibs_first_run"), command=command) as server:
        ((url, code),) = LINK.findall(server.log)
        for _ in range(10):
            wrong = httpx.post(f"{url}/v1/first-run", json=FORM | {"code": "nonsense"}, trust_env=False)
            assert wrong.status_code == 403
        answer = httpx.post(f"{url}/v1/first-run", json=FORM | {"code": code}, trust_env=False)
        assert answer.status_code == 201, answer.text
        for _ in range(10):
            assert httpx.get(f"{url}/v1/first-run", trust_env=False).json() == {"needed": False}
    postgres.drop_database("dibs_first_run")


@pytest.mark.parametrize(
    ("public_url", "listening", "shown"),
    [
        ("", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("", "http://0.0.0.0:8000", "http://localhost:8000"),
        ("", "http://[::]:8000", "http://localhost:8000"),
        ("https://dibs.acme.example/", "http://0.0.0.0:8000", "https://dibs.acme.example"),
    ],
)
def test_the_link_can_be_opened_where_it_is_read(
    settings: Settings, public_url: str, listening: str, shown: str
) -> None:
    found = settings.model_copy(update={"public_url": public_url})
    line = asyncio.run(_prepared(found, listening))
    assert line is not None
    assert line.startswith(f"To set up this installation, open {shown}/welcome?code=")


def test_without_a_place_for_the_code_it_names_the_command_instead(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    found = settings.model_copy(
        update={"database_url": f"sqlite:///{tmp_path / 'dibs.db'}", "data_dir": tmp_path / "file" / "data"}
    )
    line = asyncio.run(_prepared(found, "http://127.0.0.1:8000"))
    assert line is not None
    assert "dibs workspace create" in line
    assert "code=" not in line
