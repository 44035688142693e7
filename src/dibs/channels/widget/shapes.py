"""What a visitor is told. Made anew field by field, so that nothing of the inbox slips through: no agent's id, email,
presence, claim; no note, tag or number that counts them. An agent's display name only if the workspace says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypedDict

from dibs.conversations.message_shapes import Message
from dibs.files.shapes import Attachment

From = Literal["visitor", "team", "bot"]
_FROM: dict[str, From] = {"customer": "visitor", "reply": "team", "bot": "bot"}
_DELIVERY: dict[str, Literal["sent", "delivered", "read"]] = {"delivered": "delivered", "read": "read"}


class WidgetFile(TypedDict):
    """A file of a message; `url` is signed and works for a day."""

    id: str
    name: str
    type: str
    size: int
    width: int | None
    height: int | None
    url: str


WidgetMessage = TypedDict(
    "WidgetMessage",
    {
        "id": str,
        "from": From,
        # Who speaks for the team; null for the bot, which is named in the visitor's language.
        "name": str | None,
        "text": str,
        "files": list[WidgetFile],
        # The visitor's own name for a message of theirs.
        "client_id": str | None,
        "delivery": Literal["sent", "delivered", "read"],
        "created_at": str,
    },
)


class WidgetConfig(TypedDict):
    """How the widget looks and speaks."""

    name: str
    colour: str
    position: Literal["right", "left"]
    greeting: str
    languages: list[str]
    offline_form: bool


class WidgetSession(TypedDict):
    """A visit. `token` only when it is new; `open` is whether it is business time."""

    token: str | None
    config: WidgetConfig
    open: bool
    verified: bool
    messages: list[WidgetMessage]
    # Whether there are older ones.
    more: bool


class WidgetMessages(TypedDict):
    """A page of messages, the newest last."""

    messages: list[WidgetMessage]
    more: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """How messages look to the visitors of one widget at this moment."""

    team: str
    shows_names: bool
    link: Callable[[str], str]

    def message(self, given: Message) -> WidgetMessage:
        """A message of kind `customer`, `reply` or `bot`."""
        is_own = given["kind"] == "customer"
        return {
            "id": given["id"],
            "from": _FROM[given["kind"]],
            "name": self._name(given),
            "text": given["text"],
            "files": [self._file(each) for each in given["attachments"]],
            "client_id": given["external_id"] if is_own else None,
            "delivery": "sent" if is_own else _DELIVERY.get(given["delivery"], "sent"),
            "created_at": given["created_at"],
        }

    def _name(self, given: Message) -> str | None:
        if given["kind"] != "reply":
            return None
        return (given["author"]["name"] if self.shows_names else None) or self.team

    def _file(self, given: Attachment) -> WidgetFile:
        return {
            "id": given["id"],
            "name": given["name"],
            "type": given["type"],
            "size": given["size"],
            "width": given["width"],
            "height": given["height"],
            "url": self.link(given["id"]),
        }
