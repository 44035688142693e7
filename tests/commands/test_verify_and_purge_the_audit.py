"""dibs audit verify and dibs audit purge."""

import asyncio

from sqlalchemy import text

from dibs.db.open import database
from dibs.settings import Settings
from tests.commands.conftest import Dibs, told


def tamper(settings: Settings) -> None:
    """Somebody with access to the database changes a row."""

    async def work() -> None:
        opened = database(settings)
        await opened.open()
        async with opened.transaction() as transaction:
            await transaction.run(text("DROP TRIGGER audit_rows_never_change" + _of(settings)))
            await transaction.run(text("UPDATE audit_rows SET action = 'agent.removed' WHERE seq = 2"))
        await opened.close()

    asyncio.run(work())


def _of(settings: Settings) -> str:
    return "" if settings.is_sqlite else " ON audit_rows"


def test_an_untouched_audit_verifies(dibs: Dibs) -> None:
    told(dibs("seed", "--agents", 3, "--conversations", 2, "--history", 2, "--json"))
    verdict = told(dibs("audit", "verify", "--json"))
    assert verdict["ok"] is True
    assert verdict["workspaces"][0]["first_bad"] is None


def test_a_changed_row_is_named_and_the_exit_code_is_1(dibs: Dibs, settings: Settings) -> None:
    told(dibs("workspace", "create", "Acme", "--owner-email", "olga@dibs.example", "--json"))
    tamper(settings)
    result = dibs("audit", "verify")
    assert result.exit_code == 1
    assert "BAD at row 2" in result.stdout


def test_purging_says_how_many_rows_went(dibs: Dibs) -> None:
    told(dibs("seed", "--agents", 2, "--conversations", 1, "--json"))
    assert told(dibs("audit", "purge", "--json")) == {"purged": 0}
