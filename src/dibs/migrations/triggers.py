"""Rules that no statement may break, kept by the database itself: spells never overlap, the audit only grows.

One spell touching the next is not an overlap. The audit may lose its oldest rows: the purge first moves
counters.audit_purged_seq forward, and only rows up to it can be deleted.
"""

# The plus keeps SQLite from the index on ended_at: it would look at every claim that ended since, of all conversations.
_OVERLAP = """
    SELECT 1 FROM claims AS other
    WHERE other.workspace_id = NEW.workspace_id
      AND other.conversation_id = NEW.conversation_id
      AND other.id <> NEW.id
      AND (other.ended_at IS NULL OR +other.ended_at > NEW.started_at)
      AND (NEW.ended_at IS NULL OR NEW.ended_at > other.started_at)
"""
_KEPT = """
    SELECT 1 FROM counters
    WHERE counters.workspace_id = OLD.workspace_id AND OLD.seq > counters.audit_purged_seq
"""
_SPELL = "workspace_id, id, conversation_id, started_at, ended_at"


def _refuse(name: str, when: str, condition: str, message: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"


SQLITE = [
    _refuse("claims_never_overlap", "INSERT ON claims", f"WHEN EXISTS ({_OVERLAP})", "claims_never_overlap"),
    _refuse(
        "claims_never_overlap_later",
        f"UPDATE OF {_SPELL} ON claims",
        f"WHEN EXISTS ({_OVERLAP})",
        "claims_never_overlap",
    ),
    _refuse("audit_rows_never_change", "UPDATE ON audit_rows", "", "audit_rows_never_change"),
    _refuse("audit_rows_are_kept", "DELETE ON audit_rows", f"WHEN EXISTS ({_KEPT})", "audit_rows_are_kept"),
]

# Planned anew each time: a plan made while the table was empty would go on to scan a large one.
POSTGRES = [
    f"""
    CREATE FUNCTION claims_never_overlap() RETURNS trigger LANGUAGE plpgsql
    SET plan_cache_mode TO force_custom_plan AS $$
    BEGIN
        IF EXISTS ({_OVERLAP}) THEN
            RAISE EXCEPTION 'claims_never_overlap' USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    (
        "CREATE TRIGGER claims_never_overlap BEFORE INSERT ON claims"
        " FOR EACH ROW EXECUTE FUNCTION claims_never_overlap()"
    ),
    (
        f"CREATE TRIGGER claims_never_overlap_later BEFORE UPDATE OF {_SPELL} ON claims"
        " FOR EACH ROW EXECUTE FUNCTION claims_never_overlap()"
    ),
    """
    CREATE FUNCTION audit_rows_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit_rows_never_change' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    (
        "CREATE TRIGGER audit_rows_never_change BEFORE UPDATE ON audit_rows"
        " FOR EACH ROW EXECUTE FUNCTION audit_rows_never_change()"
    ),
    f"""
    CREATE FUNCTION audit_rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({_KEPT}) THEN
            RAISE EXCEPTION 'audit_rows_are_kept' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    (
        "CREATE TRIGGER audit_rows_are_kept BEFORE DELETE ON audit_rows"
        " FOR EACH ROW EXECUTE FUNCTION audit_rows_are_kept()"
    ),
]

_NAMES = ("claims_never_overlap", "claims_never_overlap_later", "audit_rows_never_change", "audit_rows_are_kept")
SQLITE_DROP = [f"DROP TRIGGER {name}" for name in _NAMES]
POSTGRES_DROP = [
    f"DROP FUNCTION {name}() CASCADE"
    for name in ("claims_never_overlap", "audit_rows_never_change", "audit_rows_are_kept")
]
