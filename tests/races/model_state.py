"""What the model of ownership remembers."""

from __future__ import annotations

from dataclasses import dataclass, field

from dibs import clock

ROLES = ("viewer", "agent", "admin")
LIMIT = 2
UNDO = 10 * clock.SECOND
STALE, RELEASE, WARNING, LATER = 30 * clock.MINUTE, 120 * clock.MINUTE, 2 * clock.MINUTE, 5 * clock.MINUTE
LAPSE = 5 * clock.MINUTE


class Refused(Exception):
    """The refusal that the model predicts."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Agent:
    """A member; `role` is the one they came with."""

    role: str
    active: bool = True
    auto_claim: bool = False
    in_pool: bool = False


@dataclass
class Ask:
    """A take-over request."""

    asker: str
    holder: str
    expires: int
    state: str = "open"


@dataclass
class Spell:
    """What is known of the claim that lasts."""

    began: int
    via: str
    bot_was_paused: bool
    due: int
    replied: bool = False
    warned: int | None = None


@dataclass
class Conversation:
    """One conversation and the requests for it."""

    pooled: bool
    status: str = "open"
    holder: str | None = None
    epoch: int = 0
    paused: bool = False
    stale: bool = False
    until: int | None = None
    messages: int = 0
    spell: Spell | None = None
    ended: list[str] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
