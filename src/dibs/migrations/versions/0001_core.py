"""The core: workspaces, conversations, claims, and the ledger."""

import sqlalchemy as sa
from alembic import op

from dibs.migrations import search_ddl, triggers
from dibs.migrations.apply import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    tables().create_all(connection)
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in triggers.SQLITE if is_sqlite else triggers.POSTGRES:
        connection.exec_driver_sql(statement)
    for statement in search_ddl.SQLITE if is_sqlite else search_ddl.POSTGRES:
        try:
            connection.exec_driver_sql(statement)
        except sa.exc.OperationalError:  # DRAFT: search_ddl is still being written
            if not is_sqlite:
                raise
