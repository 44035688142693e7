"""One past conversation, told from its first message to its end: messages, claims and the audit's rows."""

from typing import Any

from dibs.actor import Actor
from dibs.conversations.messages import preview
from dibs.conversations.tables import claims, conversation_tags, conversations, messages
from dibs.seeding.bulk import Batch
from dibs.seeding.cast import Member
from dibs.seeding.fresh import new_id
from dibs.seeding.inbox import message
from dibs.seeding.texts import Story

__all__ = ["Life", "acting"]


def acting(workspace_id: str, member: Member, via: str = "ui") -> Actor:
    """A member as the one who acts."""
    return Actor(type="agent", workspace_id=workspace_id, id=member.id, name=member.name, via=via, role=member.role)


class Life:
    """The row of a conversation and what becomes of it; every verb takes the instant at which it happens."""

    def __init__(self, batch: Batch, row: dict[str, Any], contact: dict[str, Any], story: Story) -> None:
        self.batch, self.row, self.contact, self.story = batch, row, contact, story
        self.audits: list[dict[str, Any]] = []
        self.holder: Member | None = None
        self.spell: dict[str, Any] = {}
        self.unclaimed_since: int | None = row["created_at"]
        self.waiting_since: int | None = None
        self.row |= {"message_count": 0, "version": 1}
        batch.add(conversations, row)
        for tag in row["tags"]:
            batch.add(
                conversation_tags,
                {"workspace_id": row["workspace_id"], "tag": tag, "conversation_id": row["id"]},
            )

    def customer_writes(self, at: int, text: str) -> None:
        """The customer writes."""
        self._message("customer", text, at, ("contact", self.contact["id"], self.contact["name"]))
        self.waiting_since = self.waiting_since or at

    def replies(self, at: int, text: str) -> None:
        """The holder answers."""
        assert self.holder is not None
        self._message("reply", text, at, ("agent", self.holder.id, self.holder.name))
        self.waiting_since = None
        self.spell["replied"] = True

    def note(self, at: int, text: str) -> None:
        """The holder leaves a note."""
        assert self.holder is not None
        self._message("note", text, at, ("agent", self.holder.id, self.holder.name))

    def claim(self, at: int, member: Member, via: str) -> None:
        """Somebody claims it."""
        self._begin(at, member, via)
        self._audit(at, "conversation.claimed", acting(self.row["workspace_id"], member, _through(via)), None, via=via)

    def release(self, at: int, ended_as: str, reason: str | None, actor: Actor) -> None:
        """The claim ends without another: released, forced or stale."""
        was = self._end(at, ended_as, reason)
        self.row["epoch"] += 1
        self.unclaimed_since = at
        self._audit(at, "conversation.released", actor, was, reason=reason or ended_as)

    def hand_on(self, at: int, member: Member, *, ended_as: str, via: str) -> None:
        """The holder hands it to a colleague, or lets them take over."""
        assert self.holder is not None
        actor = acting(self.row["workspace_id"], self.holder)
        was = self._end(at, ended_as, None)
        self._begin(at, member, via)
        self._audit(at, "conversation.reassigned", actor, was, via=via)

    def resolve(self, at: int) -> None:
        """The holder resolves it."""
        assert self.holder is not None
        actor = acting(self.row["workspace_id"], self.holder)
        was = self._end(at, "resolved", None)
        who = actor.shape()
        self.row["epoch"] += 1
        self.row |= {
            "status": "resolved",
            "resolved_at": at,
            "resolved_by": {name: who[name] for name in ("type", "id", "name")},
        }
        self._audit(at, "conversation.resolved", actor, was)

    def _begin(self, at: int, member: Member, via: str) -> None:
        self.row["epoch"] += 1
        self.holder = member
        self.spell = {
            "workspace_id": self.row["workspace_id"],
            "id": new_id("clm", at),
            "conversation_id": self.row["id"],
            "agent_id": member.id,
            "epoch": self.row["epoch"],
            "via": via,
            "started_at": at,
            "unclaimed_since": self.unclaimed_since,
            "waiting_since": self.waiting_since,
            "bot_was_paused": self.row["bot_paused"],
            "replied": False,
        }
        self.row["bot_paused"] = True
        self.unclaimed_since = None
        self.batch.add(claims, self.spell)

    def _end(self, at: int, ended_as: str, reason: str | None) -> Member | None:
        self.spell |= {"ended_at": at, "ended_as": ended_as, "end_reason": reason}
        was, self.holder = self.holder, None
        return was

    def _message(self, kind: str, text: str, at: int, author: tuple[str, str | None, str]) -> None:
        row = self.row
        row["message_count"] += 1
        row["version"] += 1
        if kind != "note":
            row |= {"preview": preview(text), "last_message_at": at}
        self.batch.add(messages, message(row, row["message_count"], kind, text, at, author=author))

    def _audit(
        self,
        at: int,
        action: str,
        actor: Actor,
        was: Member | None,
        *,
        reason: str | None = None,
        via: str | None = None,
    ) -> None:
        self.row["version"] += 1
        after: dict[str, Any] = {"epoch": self.row["epoch"], "assignee": _shown(self.holder)}
        if self.row.get("status") == "resolved":
            after["status"] = "resolved"
        if via is not None:
            after["via"] = via
        self.audits.append(
            {
                "workspace_id": self.row["workspace_id"],
                "id": new_id("aud", at),
                "at": at,
                "actor": actor.shape(),
                "actor_id": actor.id,
                "action": action,
                "target": self.row["id"],
                "conversation_id": self.row["id"],
                "before": {"assignee": _shown(was)},
                "after": after,
                "reason": reason,
                "ip": None,
                "request_id": None,
            }
        )


def _shown(member: Member | None) -> dict[str, str] | None:
    return None if member is None else {"id": member.id, "name": member.name}


def _through(via: str) -> str:
    return "api" if via == "api" else "ui"
