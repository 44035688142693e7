"""Drafts the next migration from the tables: `python -m dibs.migrations.draft "add a column"`. Read it before use."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from dibs.migrations.apply import configured, sqlite_engine, upgrade
from dibs.migrations.versioning import HEAD


def draft(message: str) -> None:
    """Writes versions/NNNN_<message>.py with what the tables have and the migrations have not."""
    with tempfile.TemporaryDirectory() as folder:
        engine = sqlite_engine(Path(folder) / "draft.db")
        with engine.begin() as connection:
            upgrade(connection)
            config = configured(connection)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message, autogenerate=True, rev_id=f"{int(HEAD) + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]) or "change")
