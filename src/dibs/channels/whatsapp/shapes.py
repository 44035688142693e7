"""WhatsApp's message templates as REST answers show them."""

from typing_extensions import TypedDict


class MessageTemplate(TypedDict):
    """A template that WhatsApp has approved. `variables` names what must be filled in, those of the header first.

    `can_be_sent` is false where it needs a file, a place or values of buttons as well.
    """

    name: str
    # As WhatsApp writes it, such as `en_US`.
    language: str
    # MARKETING, UTILITY or AUTHENTICATION.
    category: str
    header: str | None
    body: str
    footer: str | None
    variables: list[str]
    can_be_sent: bool


class MessageTemplates(TypedDict):
    """A page of templates."""

    data: list[MessageTemplate]
    next_cursor: str | None
