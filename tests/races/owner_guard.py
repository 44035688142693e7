"""A guard in the database, for tests: no owner changes without its epoch, none ends a transaction without its spell.

PostgreSQL looks at the end of the transaction (a deferred constraint trigger). SQLite has none: it looks when the
workspace's counters are written, which every recorded transaction does last.
"""

from sqlalchemy import text

from dibs.tx import Core

_EPOCH = "(NEW.assignee_id IS DISTINCT FROM OLD.assignee_id OR NEW.epoch <> OLD.epoch) AND NEW.epoch <> OLD.epoch + 1"
# An owner at an epoch has exactly that open spell; nobody has none.
_WRONG = """
    SELECT 1 FROM conversations AS c
    WHERE {which} AND (
        (c.assignee_id IS NULL AND EXISTS (
            SELECT 1 FROM claims AS s
            WHERE s.workspace_id = c.workspace_id AND s.conversation_id = c.id AND s.ended_at IS NULL))
        OR (c.assignee_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM claims AS s
            WHERE s.workspace_id = c.workspace_id AND s.conversation_id = c.id AND s.ended_at IS NULL
              AND s.agent_id = c.assignee_id AND s.epoch = c.epoch)))
"""
_ONE = _WRONG.format(which="c.workspace_id = NEW.workspace_id AND c.id = NEW.id")
_ALL = _WRONG.format(which="c.workspace_id = NEW.workspace_id")

SQLITE = (
    f"""
    CREATE TRIGGER owner_has_epoch BEFORE UPDATE ON conversations WHEN {_EPOCH}
    BEGIN SELECT RAISE(ABORT, 'owner_has_epoch'); END
    """,
    f"""
    CREATE TRIGGER owner_has_spell AFTER UPDATE ON counters WHEN EXISTS ({_ALL})
    BEGIN SELECT RAISE(ABORT, 'owner_has_spell'); END
    """,
)
POSTGRES = (
    f"""
    CREATE FUNCTION owner_has_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_EPOCH} THEN RAISE EXCEPTION 'owner_has_epoch'; END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER owner_has_epoch BEFORE UPDATE ON conversations FOR EACH ROW EXECUTE FUNCTION owner_has_epoch()",
    f"""
    CREATE FUNCTION owner_has_spell() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({_ONE}) THEN RAISE EXCEPTION 'owner_has_spell'; END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER owner_has_spell AFTER INSERT OR UPDATE ON conversations DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION owner_has_spell()
    """,
)


async def install(core: Core) -> None:
    """Puts the guard into the database of `core`."""
    statements = SQLITE if core.database.dialect.name == "sqlite" else POSTGRES
    async with core.database.transaction() as opened:
        for statement in statements:
            await opened.run(text(statement))
