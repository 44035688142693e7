"""What a channel is: one folder per kind (`widget/`, `whatsapp/`, `email/`), each with the same few verbs.

describe  `Kind.settings`: what an admin types in; its secret fields are sealed and never shown
verify    `Kind.verify`: asks the provider whether that works
send      `Kind.send`: hands one message over (the outbox calls it, outside any transaction)
receive   `inbound.receive`, from the kind's own routes or loop
status    `statuses.tell`, likewise
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from dibs.conversations.message_shapes import Delivery, Details
from dibs.db.compiled import Row
from dibs.errors import Refusal
from dibs.outbound import Outbound
from dibs.tx import Core, Tx

Name = Literal["widget", "whatsapp", "email"]


class ChannelRefused(Refusal):
    """The provider does not accept what was typed in; nothing was changed."""

    code, status, title = "channel_refused", 422, "The channel does not work"


@dataclass(frozen=True, slots=True)
class Connection:
    """A connected channel, with its settings opened."""

    core: Core
    outbound: Outbound
    id: str
    workspace_id: str
    name: str
    settings: BaseModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A message on its way to the customer. `entry_id` is the same each time it is tried."""

    connection: Connection
    entry_id: str
    attempt: int
    message: Row
    conversation: Row
    contact: Row
    # Each attachment's row, and where its content lies.
    files: Sequence[tuple[Row, Path]]
    # Whom the customer hears: the agent's name only if the workspace says so, otherwise the workspace's or the bot's.
    sender_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the provider said: its own id for the message, how far it is, and what is to be written down with that."""

    external_id: str | None = None
    delivery: Delivery = "sent"
    details: Details | None = None
    also: Callable[[Tx], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of channel. `send` raises worker.Refused for what will never go, worker.Later for what may go later."""

    name: Name
    settings: type[BaseModel]
    # By what inbound calls find the channel; unique over all workspaces.
    address: Callable[[BaseModel], str]
    verify: Callable[[Connection], Awaitable[None]]
    # None where customers come and read (the widget).
    send: Callable[[Outgoing], Awaitable[Sent]] | None = None
