"""schemathesis over the whole OpenAPI document: whatever is sent, the server never answers 5xx."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from dibs.app import create
from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.api.test_foreign_ids import things
from tests.conftest import seed
from tests.support.house import build
from tests.support.server import RunningServer

IS_FULL = bool(os.environ.get("DIBS_TEST_FULL"))
EXAMPLES = 60 if IS_FULL else 4
PHASES = "coverage,fuzzing" if IS_FULL else "fuzzing"
# They would end the credentials that the run uses.
LEFT_OUT = r"DELETE /v1/(sessions|api-keys|agents)"


async def _things(settings: Settings, url: str) -> tuple[str, dict[str, str]]:
    """An owner's key and one of everything that has an id, so that the run gets past "not found"."""
    core = Core(database(settings))
    await core.database.open()
    try:
        async with httpx.AsyncClient(base_url=url) as http:
            house = await build(core, http, "Fuzzed")
            return house.olga.key, await things(house)
    finally:
        await core.database.close()


@pytest.mark.timeout(900)
def test_no_input_makes_a_server_error(settings: Settings, tmp_path: Path) -> None:
    with RunningServer(settings.data_dir, settings.database_url, LOG_LEVEL="error") as server:
        key, ids = asyncio.run(_things(settings, server.url))
        parameters = ", ".join(f'"path.{name}" = "{value}"' for name, value in ids.items())
        (tmp_path / "schemathesis.toml").write_text(f"parameters = {{ {parameters} }}\n")
        command = [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
            *(f"{server.url}/openapi.json", "--checks", "not_a_server_error", "--phases", PHASES),
            *("--header", f"Authorization: Bearer {key}", "--max-examples", str(EXAMPLES)),
            *("--exclude-name-regex", LEFT_OUT, "--seed", str(seed()), "--suppress-health-check", "all"),
            *("--continue-on-failure", "--no-color", "--workers", "1"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        summary = done.stdout[done.stdout.find("SUMMARY") :]
        print(summary)
        assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:] + server.log
        assert httpx.get(f"{server.url}/readyz").status_code == 200


def test_the_document_names_every_operation_once(settings: Settings) -> None:

    document = create(settings).openapi()
    names = [op["operationId"] for path in document["paths"].values() for op in path.values() if "operationId" in op]
    assert len(names) == len(set(names))
    assert document["openapi"].startswith("3.1")
