"""schemathesis over the whole OpenAPI document: whatever is sent, the server never answers 5xx."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx

from dibs.accounts import provision
from dibs.app import create
from dibs.db.open import database
from dibs.settings import Settings
from dibs.tx import Core
from tests.conftest import seed
from tests.support.server import RunningServer

EXAMPLES = 60 if os.environ.get("DIBS_TEST_FULL") else 5
# They would end the credentials that the run uses.
LEFT_OUT = r"DELETE /v1/(sessions|api-keys|agents)"


async def _owner_key(settings: Settings) -> str:
    core = Core(database(settings))
    await core.database.open()
    try:
        return (await provision.create_workspace(core, "Fuzzed", "olga@dibs.test")).key
    finally:
        await core.database.close()


def test_no_input_makes_a_server_error(settings: Settings, tmp_path: Path) -> None:
    key = asyncio.run(_owner_key(settings))
    with RunningServer(settings.data_dir, settings.database_url, LOG_LEVEL="error") as server:
        command = [
            *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"),
            *(f"{server.url}/openapi.json", "--checks", "not_a_server_error", "--phases", "coverage,fuzzing"),
            *("--header", f"Authorization: Bearer {key}", "--max-examples", str(EXAMPLES)),
            *("--exclude-name-regex", LEFT_OUT, "--exclude-path", "/metrics", "--seed", str(seed())),
            *("--suppress-health-check", "all", "--continue-on-failure", "--no-color", "--workers", "1"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        print(done.stdout[-3_000:])
        assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:] + server.log
        assert httpx.get(f"{server.url}/readyz").status_code == 200


def test_the_document_names_every_operation_once(settings: Settings) -> None:

    document = create(settings).openapi()
    names = [op["operationId"] for path in document["paths"].values() for op in path.values() if "operationId" in op]
    assert len(names) == len(set(names))
    assert document["openapi"].startswith("3.1")
