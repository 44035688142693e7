"""Generated histories: what could have happened in a workspace, as rows, and those rows in a database."""

import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, update

from dibs import ids
from dibs.accounts.tables import workspaces
from dibs.analytics.tables import claim_refusals
from dibs.contacts.tables import contacts
from dibs.conversations.tables import claims, conversations, messages
from dibs.tx import Core

MINUTE = 60_000
HOUR = 60 * MINUTE
WAYS = ("ui", "api", "reply", "bulk", "next", "slack", "rule")
ENDS = (
    "released",
    "resolved",
    "forced",
    "stale",
    "member_removed",
    "handed_back",
    "undone",
    "reassigned",
    "taken_over",
)
REFUSED = ("already_claimed", "already_claimed", "pool_restricted", "claim_limit_reached", "unseen_messages")


@dataclass
class Past:
    """Rows of what happened."""

    workspace_id: str
    agents: list[str]
    contact: dict[str, Any]
    conversations: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)


class Story:
    """One conversation's life, told from `at` on."""

    def __init__(self, chance: random.Random, past: Past, at: int) -> None:
        self.chance, self.past, self.at = chance, past, at
        self.id, self.created_at, self.epoch, self.seq = ids.new("conv"), at, 0, 0
        self.unclaimed_since: int | None = at
        self.escalated_at: int | None = None
        self.waiting_since: int | None = None
        self.spell: dict[str, Any] | None = None

    def pass_time(self) -> None:
        """Seconds, minutes, or days: and now and then nothing at all."""
        self.at += self.chance.choice([0, 1, 700, 20_000, 59_999, 60_000, 5 * MINUTE, 3 * HOUR, 40 * HOUR])

    def message(self, kind: str, author: str | None = None) -> None:
        """Somebody writes."""
        self.seq += 1
        if kind == "customer":
            self.waiting_since = self.waiting_since or self.at
        if kind == "reply":
            self.waiting_since = None
        author_type = {"customer": "contact", "bot": "bot"}.get(kind, "agent")
        self.past.messages.append(
            {
                "workspace_id": self.past.workspace_id,
                "id": ids.new("msg"),
                "conversation_id": self.id,
                "seq": self.seq,
                "kind": kind,
                "text": kind,
                "author_type": author_type,
                "author_id": author,
                "author_name": "",
                "via": "api",
                "client_id": None,
                "external_id": None,
                "channel": "api",
                "contact_id": self.past.contact["id"],
                "epoch": self.epoch,
                "attachments": [],
                "delivery": "sent",
                "created_at": self.at,
            }
        )

    def claim(self, agent: str, via: str) -> None:
        """A spell begins."""
        self.epoch += 1
        self.spell = dict.fromkeys(claims.c.keys()) | {
            "workspace_id": self.past.workspace_id,
            "id": ids.new("clm"),
            "conversation_id": self.id,
            "agent_id": agent,
            "epoch": self.epoch,
            "via": via,
            "started_at": self.at,
            "unclaimed_since": self.unclaimed_since,
            "escalated_at": self.escalated_at,
            "waiting_since": self.waiting_since,
            "bot_was_paused": False,
            "replied": False,
        }
        self.past.claims.append(self.spell)
        self.unclaimed_since = None

    def end(self) -> None:
        """The spell ends, in one of the ways that there are."""
        assert self.spell is not None
        how, spell = self.chance.choice(ENDS), self.spell
        spell |= {"ended_at": self.at, "ended_as": how}
        if how == "released":
            spell["end_reason"] = self.chance.choice([None, "shift_end", "other"])
        self.spell = None
        if how in ("reassigned", "taken_over"):
            via = "reassign" if how == "reassigned" else "takeover"
            self.claim(self.chance.choice([each for each in self.past.agents if each != spell["agent_id"]]), via)
            return
        self.epoch += 1
        self.unclaimed_since = spell["unclaimed_since"] if how == "undone" else self.at
        if how in ("resolved", "handed_back"):
            self.escalated_at = None

    def step(self) -> None:
        """Something happens."""
        agents, chance = self.past.agents, self.chance
        self.pass_time()
        what = chance.choice(
            ["customer", "customer", "reply", "reply", "note", "bot", "owner", "owner", "refuse", "escalate"]
        )
        if what in ("customer", "bot"):
            self.message(what)
        elif what == "note":
            self.message("note", chance.choice(agents))
        elif what == "reply":
            holder = self.spell["agent_id"] if self.spell else chance.choice(agents)
            # A reply by somebody else under a claim: what must not happen, and must be counted when it does.
            self.message("reply", holder if chance.random() < 0.9 else chance.choice(agents))
        elif what == "escalate":
            self.escalated_at = self.at
        elif what == "refuse":
            self.refuse()
        elif self.spell is None:
            self.claim(chance.choice(agents), chance.choice(WAYS))
        else:
            self.end()

    def refuse(self) -> None:
        """Somebody is told no."""
        code = self.chance.choice(REFUSED)
        lead = self.chance.randrange(100_000) if code == "already_claimed" else None
        row = {"workspace_id": self.past.workspace_id, "id": ids.new("rfs"), "conversation_id": self.id, "at": self.at}
        agent = self.chance.choice(self.past.agents)
        self.past.refusals.append(row | {"agent_id": agent, "code": code, "lead_ms": lead})

    def row(self) -> dict[str, Any]:
        """The conversation as it is at the end."""
        holder = self.spell or {"agent_id": None, "started_at": None, "via": None}
        plain = dict.fromkeys(conversations.c.keys()) | dict.fromkeys(
            ("language_edited", "stale", "bot_paused", "spam"), False
        )
        return plain | {
            "workspace_id": self.past.workspace_id,
            "id": self.id,
            "contact_id": self.past.contact["id"],
            "channel": "api",
            "status": "open",
            "priority": 1,
            "tags": [],
            "assignee_id": holder["agent_id"],
            "claimed_at": holder["started_at"],
            "claimed_via": holder["via"],
            "epoch": self.epoch,
            "unclaimed_since": self.unclaimed_since,
            "waiting_since": self.waiting_since,
            "message_count": self.seq,
            "last_message_at": self.at,
            "created_at": self.created_at,
            "version": 1,
        }


def generate(chance: random.Random, workspace_id: str, agents: list[str], around: int, *, stories: int = 40) -> Past:
    """A history of `stories` conversations whose lives cross the instant `around`."""
    contact = dict.fromkeys(contacts.c.keys()) | {
        "workspace_id": workspace_id,
        "id": ids.new("ctc"),
        "blocked": False,
        "created_at": around,
        "updated_at": around,
    }
    past = Past(workspace_id, agents, contact)
    for _ in range(stories):
        story = Story(chance, past, around - chance.randrange(12 * 24 * HOUR))
        for _ in range(chance.randrange(40)):
            story.step()
        past.conversations.append(story.row())
    return past


async def store(core: Core, past: Past, settings: dict[str, Any]) -> None:
    """Puts a history and the workspace's settings into the database."""
    tables = (
        (contacts, [past.contact]),
        (conversations, past.conversations),
        (claims, past.claims),
        (messages, past.messages),
        (claim_refusals, past.refusals),
    )
    async with core.database.transaction() as opened:
        for table, rows in tables:
            names = [column.name for column in table.c if rows and column.name in rows[0] and not column.computed]
            for row in rows:
                await opened.run(insert(table).values({name: row[name] for name in names}))
        change = update(workspaces).where(workspaces.c.id == past.workspace_id)
        await opened.run(change.values(settings=settings, rules_version=workspaces.c.rules_version + 1))
