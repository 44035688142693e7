"""Files that came with messages. Their content lies in DIBS_DATA_DIR, under names that say nothing."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, Text

from dibs.db.types import Id, Instant, metadata, partial_index

files = Table(
    "files",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    # Null until a message carries it: then it can be read by whoever may read that conversation.
    Column("conversation_id", Id),
    Column("message_id", Id),
    # Who brought it in: an agent, a contact or a visitor. Only they can send it.
    Column("owner_id", Id),
    # As the sender called it: shown, never used as a path.
    Column("name", Text, nullable=False),
    # Judged by content, not by what the sender said.
    Column("type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    # The random name under which the content lies.
    Column("stored_as", Text, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(["workspace_id"], ["workspaces.id"]),
    CheckConstraint("(conversation_id IS NULL) = (message_id IS NULL)", name="sent_with_a_message"),
)
Index("files_conversation", files.c.workspace_id, files.c.conversation_id)
# A content that no row knows is thrown away after a day.
Index("files_stored_as", files.c.stored_as)
# What nobody sent is thrown away after a day.
partial_index("files_unsent", files.c.created_at, where=files.c.message_id.is_(None))
