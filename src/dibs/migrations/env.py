"""What Alembic runs. apply.py hands it a connection on which the transaction has begun and the lock is held."""

from alembic import context

from dibs.migrations.apply import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables(),
    # SQLite cannot alter most things in place.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
