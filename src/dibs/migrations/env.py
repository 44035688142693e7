"""What Alembic runs. apply.py hands it a connection on which the transaction has begun and the lock is held."""

from alembic import context

from dibs.migrations.apply import in_tables, tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    include_object=in_tables,
    # SQLite cannot alter most things in place.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
