"""Ownership as product.md 2.1 has it, in plain Python: who may do what to a conversation, and what is then true."""

from __future__ import annotations

from dataclasses import dataclass

from tests.races.model_state import (
    LAPSE,
    LATER,
    LIMIT,
    RELEASE,
    ROLES,
    STALE,
    UNDO,
    WARNING,
    Agent,
    Ask,
    Conversation,
    Refused,
    Spell,
)


@dataclass
class Model:
    """The workspace. Each verb changes it or raises what the product must refuse with, in the order of api.md 2."""

    agents: dict[str, Agent]
    conversations: list[Conversation]
    now: int
    auto_release: bool = False
    pause_bot: bool = True

    def must(self, who: str, role: str) -> None:
        if ROLES.index(self.agents[who].role) < ROLES.index(role):
            raise Refused("forbidden")

    def _open_to(self, c: Conversation, who: str, epoch: int | None, *, admins: bool = False) -> None:
        if c.status in ("resolved", "archived"):
            raise Refused("conversation_closed")
        self._guard(c, who, epoch, admins=admins)

    def _guard(self, c: Conversation, who: str, epoch: int | None, *, admins: bool = False) -> None:
        if c.holder not in (None, who) and not (admins and self.agents[who].role == "admin"):
            raise Refused("already_claimed")
        self._epoch(c, who, epoch)

    @staticmethod
    def _epoch(c: Conversation, who: str, epoch: int | None) -> None:
        if epoch is not None and epoch != c.epoch:
            raise Refused("stale_epoch" if c.holder in (None, who) else "already_claimed")

    def _eligible(self, c: Conversation, who: str, receiver: str) -> None:
        agent = self.agents[receiver]
        if not agent.active or agent.role == "viewer":
            raise Refused("forbidden" if receiver == who else "invalid")
        if c.pooled and not agent.in_pool:
            raise Refused("pool_restricted")

    def _eligible_or_admin(self, c: Conversation, who: str) -> None:
        if self.agents[who].role != "admin":
            self._eligible(c, who, who)

    def _give(self, c: Conversation, who: str, receiver: str, via: str, ends: str = "reassigned") -> None:
        if sum(each.holder == receiver for each in self.conversations) >= LIMIT:
            raise Refused("claim_limit_reached")
        if c.holder is not None:
            self._end(c, ends)
        c.spell = Spell(self.now, via, c.paused, self.now + STALE)
        c.status, c.holder, c.epoch, c.stale, c.until = "open", receiver, c.epoch + 1, False, None
        c.paused = c.paused or self.pause_bot

    def _free(self, c: Conversation, ends: str, *, status: str = "open", paused: bool | None = None) -> None:
        self._end(c, ends)
        c.status, c.holder, c.epoch, c.stale, c.until = status, None, c.epoch + 1, False, None
        c.paused = c.paused if paused is None else paused

    @staticmethod
    def _end(c: Conversation, ends: str) -> None:
        c.ended.append(ends)
        c.spell = None
        for ask in c.asks:
            ask.state = "lapsed" if ask.state == "open" else ask.state

    def claim(self, c: Conversation, who: str, epoch: int | None, via: str = "api") -> None:
        self.must(who, "agent")
        self._open_to(c, who, epoch)
        if c.holder is None:
            self._eligible(c, who, who)
            self._give(c, who, who, via)

    def release(self, c: Conversation, who: str, epoch: int | None, *, hand_back: bool = False) -> None:
        self._mine(c, who, epoch)
        if hand_back:
            self._free(c, "handed_back", paused=False)
        else:
            self._free(c, "released")

    def _mine(self, c: Conversation, who: str, epoch: int | None) -> None:
        self.must(who, "agent")
        if c.holder is None:
            raise Refused("not_claimed")
        self._guard(c, who, epoch)

    def undo(self, c: Conversation, who: str, epoch: int | None) -> None:
        self._mine(c, who, epoch)
        spell = c.spell
        assert spell
        if spell.via in ("reassign", "takeover") or spell.replied or self.now - spell.began > UNDO:
            raise Refused("invalid")
        self._free(c, "undone", paused=spell.bot_was_paused)

    def force_release(self, c: Conversation, who: str, epoch: int | None, *, reason: str | None) -> None:
        self.must(who, "admin")
        if c.holder is None:
            raise Refused("not_claimed")
        self._epoch(c, who, epoch)
        if not c.stale and not reason:
            raise Refused("invalid")
        self._free(c, "forced")

    def hand_back(self, c: Conversation, who: str, epoch: int | None) -> None:
        self.must(who, "agent")
        self._open_to(c, who, epoch, admins=True)
        if c.holder is not None:
            self._free(c, "handed_back", paused=False)
        else:
            self._eligible_or_admin(c, who)
            c.paused = False

    def reassign(self, c: Conversation, who: str, target: str, epoch: int | None) -> None:
        self.must(who, "agent")
        if c.status in ("resolved", "archived"):
            raise Refused("conversation_closed")
        if c.holder is None and self.agents[who].role != "admin":
            raise Refused("forbidden")
        self._guard(c, who, epoch, admins=True)
        if c.holder != target:
            self._eligible(c, who, target)
            self._give(c, who, target, "reassign")

    def ask(self, c: Conversation, who: str, epoch: int | None) -> None:
        self.must(who, "agent")
        if c.holder is None:
            raise Refused("not_claimed")
        self._epoch(c, who, epoch)
        if c.holder == who:
            raise Refused("invalid")
        if not any(ask.asker == who and ask.state == "open" for ask in c.asks):
            self._eligible(c, who, who)
            c.asks.append(Ask(who, c.holder, self.now + LAPSE))

    def answer(self, c: Conversation, who: str, number: int, verb: str) -> None:
        ask = c.asks[number]
        self.must(who, "agent")
        if who != (ask.asker if verb == "cancel" else ask.holder):
            raise Refused("forbidden")
        if ask.state != "open":
            raise Refused("request_closed")
        if verb == "accept":
            self._eligible(c, who, ask.asker)
            ask.state = "accepted"
            self._give(c, who, ask.asker, "takeover", "taken_over")
        else:
            ask.state = "declined" if verb == "decline" else "cancelled"

    def resolve(self, c: Conversation, who: str, epoch: int | None) -> None:
        self.must(who, "agent")
        if c.status == "archived":
            raise Refused("conversation_closed")
        self._guard(c, who, epoch, admins=True)
        if c.status == "resolved":
            return
        if c.holder is not None:
            self._free(c, "resolved", status="resolved")
        else:
            self._eligible_or_admin(c, who)
            c.status, c.until = "resolved", None

    def reopen(self, c: Conversation, who: str, epoch: int | None, *, claim: bool) -> None:
        self.must(who, "agent")
        if claim:
            self._guard(c, who, None)
        self._epoch(c, who, epoch)
        if c.status in ("resolved", "archived"):
            c.status = "open"
        if claim and c.holder is None:
            self._eligible(c, who, who)
            self._give(c, who, who, "api")

    def archive(self, c: Conversation, who: str, epoch: int | None) -> None:
        self.must(who, "agent")
        if c.status not in ("resolved", "archived"):
            raise Refused("not_resolved")
        self._epoch(c, who, epoch)
        if c.status == "resolved":
            self._eligible_or_admin(c, who)
            c.status = "archived"

    def snooze(self, c: Conversation, who: str, epoch: int | None, *, until: int | None) -> None:
        self.must(who, "agent")
        self._open_to(c, who, epoch, admins=True)
        if until is not None and until <= self.now:
            raise Refused("invalid")
        if c.holder is None:
            self._eligible_or_admin(c, who)
        c.status, c.until, c.stale = "snoozed", until, False

    def wake(self, c: Conversation, who: str, epoch: int | None) -> None:
        self.must(who, "agent")
        self._open_to(c, who, epoch, admins=True)
        if c.status == "snoozed":
            if c.holder is None:
                self._eligible_or_admin(c, who)
            c.status, c.until = "open", None

    def reply(self, c: Conversation, who: str, epoch: int | None, *, take_over: bool = False) -> None:
        self.must(who, "admin" if take_over else "agent")
        self._open_to(c, who, epoch, admins=take_over)
        if c.holder != who:
            self._eligible(c, who, who)
            if take_over or self.agents[who].auto_claim:
                self._give(c, who, who, "reassign" if take_over else "reply")
            else:
                c.paused = c.paused or self.pause_bot
        if c.spell is not None:
            c.spell.replied = True
        c.messages += 1

    def customer_writes(self, c: Conversation) -> None:
        c.status, c.until, c.messages = "open", None, c.messages + 1

    def leave(self, who: str) -> None:
        """Deactivated: what they hold is released, what they asked for is withdrawn."""
        self.agents[who].active = False
        for c in self.conversations:
            if c.holder == who:
                self._free(c, "member_removed")
            for ask in c.asks:
                ask.state = "cancelled" if (ask.state, ask.asker) == ("open", who) else ask.state

    def sweep(self) -> None:
        """Timers: stale claims, snoozes that end, requests that nobody answered."""
        for c in self.conversations:
            if c.spell is not None and c.spell.due <= self.now:
                self._look(c, c.spell)
        for c in self.conversations:
            if c.status == "snoozed" and c.until is not None and c.until <= self.now:
                c.status, c.until = "open", None
            for ask in c.asks:
                ask.state = "lapsed" if ask.state == "open" and ask.expires <= self.now else ask.state

    def _look(self, c: Conversation, spell: Spell) -> None:
        if c.status == "snoozed":
            spell.due, spell.warned = max(self.now + LATER, c.until or 0), None
            return
        release_due = spell.began + RELEASE
        if self.auto_release and spell.warned and self.now >= max(release_due, spell.warned + WARNING):
            self._free(c, "stale")
            return
        is_stale = self.now >= spell.began + STALE
        c.stale = c.stale or is_stale
        due = [] if is_stale else [spell.began + STALE]
        if self.auto_release:
            if spell.warned is None and self.now >= release_due - WARNING:
                spell.warned = self.now
            due.append(release_due - WARNING if spell.warned is None else max(release_due, spell.warned + WARNING))
        spell.due = min(due) if due else self.now + LATER
