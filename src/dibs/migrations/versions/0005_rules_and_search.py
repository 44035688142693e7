"""What the database enforces and finds by itself: triggers, and the full-text indexes."""

from alembic import op

from dibs.migrations import search_ddl, triggers

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _execute(triggers.SQLITE + search_ddl.SQLITE, triggers.POSTGRES + search_ddl.POSTGRES)


def downgrade() -> None:
    _execute(search_ddl.SQLITE_DROP + triggers.SQLITE_DROP, search_ddl.POSTGRES_DROP + triggers.POSTGRES_DROP)


def _execute(sqlite: list[str], postgres: list[str]) -> None:
    connection = op.get_bind()
    for statement in sqlite if connection.dialect.name == "sqlite" else postgres:
        # Past SQLAlchemy, which would take a colon in a text for a parameter.
        connection.exec_driver_sql(statement)
