"""Files as REST answers and messages show them."""

from typing_extensions import TypedDict

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
