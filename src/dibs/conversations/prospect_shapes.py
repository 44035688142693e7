"""Who could claim what, and why not, as REST answers show it."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from dibs.accounts.fields import Availability
from dibs.accounts.shapes import AgentName
from dibs.conversations.shapes import Status
from dibs.pools.shapes import PoolName


class Obstacle(TypedDict):
    """Why an agent could not claim the conversation; further members as in the refusal of that code."""

    code: Literal[
        "inactive",
        "forbidden",
        "conversation_closed",
        "already_yours",
        "already_claimed",
        "pool_restricted",
        "claim_limit_reached",
    ]
    needs: NotRequired[str]
    status: NotRequired[Status]
    assignee: NotRequired[AgentName]
    pools: NotRequired[list[PoolName]]
    held: NotRequired[int]
    limit: NotRequired[int]


class Prospect(TypedDict):
    """An agent: whether they could claim the conversation now, their load, and each reason why not."""

    agent: AgentName
    eligible: bool
    availability: Availability
    held: int
    limit: int
    reasons: list[Obstacle]


class Prospects(TypedDict):
    """Every agent, by name."""

    data: list[Prospect]


class UnclaimableConversation(TypedDict):
    """A waiting conversation with the pools that together let nobody claim it."""

    id: str
    contact: str | None
    pools: list[PoolName]


class UnclaimableConversations(TypedDict):
    """Waiting conversations that no active agent may claim."""

    data: list[UnclaimableConversation]
