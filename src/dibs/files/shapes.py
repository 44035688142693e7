"""Files as REST answers and messages show them."""

from typing_extensions import TypedDict

from dibs import clock
from dibs.db.compiled import Row


class Attachment(TypedDict):
    """A file that comes with a message; its content is at `/v1/files/{id}/content`."""

    id: str
    name: str
    # By its content, such as `image/png`.
    type: str
    # In bytes.
    size: int
    # In pixels, where it says so.
    width: int | None
    height: int | None


class File(Attachment):
    """A file. `url` needs no credentials and is good for an hour; ask again for another."""

    # Both null until a message carries it.
    conversation_id: str | None
    message_id: str | None
    created_at: str
    url: str


def attachment(row: Row) -> Attachment:
    """A row of `files`."""
    return {
        "id": row.id,
        "name": row.name,
        "type": row.type,
        "size": row.size,
        "width": row.width,
        "height": row.height,
    }


def file(row: Row, url: str) -> File:
    """A row of `files` and a link to its content."""
    return {
        **attachment(row),
        "conversation_id": row.conversation_id,
        "message_id": row.message_id,
        "created_at": clock.iso(row.created_at),
        "url": url,
    }
