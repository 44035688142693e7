"""Days that have gone by: conversations that were claimed, released, handed on and resolved in working hours."""

import random
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select, update

from dibs import clock, ledger
from dibs.actor import system
from dibs.ledger import audit_rows, counters
from dibs.seeding.bulk import Batch, Writer
from dibs.seeding.cast import Member
from dibs.seeding.inbox import Customers, conversation, tags_for
from dibs.seeding.life import Life, acting
from dibs.seeding.texts import CHANNELS, TOPICS, Story, pick
from dibs.tx import Core

PER_MEMBER, MOST_PER_DAY = 12, 1_000
OPENS, LAST_CALL = 8 * clock.HOUR, 17 * clock.HOUR
# Everything of a day happens on that day, so that the audit is in order.
CLOSES = 24 * clock.HOUR - clock.MINUTE
WEEKEND_SHARE = 0.2
WAYS = {"ui": 58, "reply": 20, "api": 8, "bulk": 8, "next": 6}
REASONS = ("shift_end", "wrong_person", "customer_silent", "other")


class Past:
    """The history of a workspace, told a day at a time."""

    def __init__(
        self, chance: random.Random, customers: Customers, members: Sequence[Member], per_day: int | None
    ) -> None:
        self.chance, self.customers = chance, customers
        self.admin = next((each for each in members if each.role in ("admin", "owner")), members[0])
        self.members = [each for each in members if each.role == "agent"] or list(members)
        self.per_day = min(PER_MEMBER * len(self.members), MOST_PER_DAY) if per_day is None else per_day
        self.books: tuple[int, str] | None = None
        self.audits: list[dict[str, Any]] = []

    def days(self, now: int, days: int) -> Iterator[Batch]:
        """A batch for each of the last `days` days, the oldest first. Audit rows are kept back for `close_books`."""
        today = now // clock.DAY * clock.DAY
        for day in range(days, 0, -1):
            yield self._day(today - day * clock.DAY)

    def _day(self, midnight: int) -> Batch:
        batch = self.customers.begin()
        # 1970-01-01 was a Thursday.
        weekend = (midnight // clock.DAY + 3) % 7 >= 5
        share = WEEKEND_SHARE if weekend else self.chance.uniform(0.8, 1.2)
        starts = sorted(self._start() for _ in range(max(1, round(self.per_day * share))))
        audits: list[dict[str, Any]] = []
        for start in starts:
            audits += self._conversation(batch, midnight + start, midnight + CLOSES)
        audits.sort(key=lambda row: row["at"])
        self.audits += audits
        return batch

    def _start(self) -> int:
        # Two humps, as inboxes have: late morning and mid-afternoon.
        hour = self.chance.choice((10.3, 14.8)) + self.chance.gauss(0, 1.4)
        return min(LAST_CALL, max(OPENS, int(hour * clock.HOUR)))

    def _conversation(self, batch: Batch, at: int, latest: int) -> list[dict[str, Any]]:
        contact = self.customers.next(batch, at)
        topic, language = pick(self.chance, TOPICS), self.customers.language
        story = Story(self.chance, language, topic, contact["name"])
        row = conversation(contact, pick(self.chance, CHANNELS), language, tags_for(self.chance, topic), at)
        row["priority"] = 2 if topic == "complaint" else 1
        life = Life(batch, row, contact, story)
        life.customer_writes(at, story.opening())
        self._serve(life, at, latest)
        return life.audits

    def _serve(self, life: Life, at: int, latest: int) -> None:
        member = self._whose(life)
        at = self._after(at, 4.0, latest)
        life.claim(at, member, pick(self.chance, WAYS))
        at = self._after(at, 3.0, latest)
        life.replies(at, life.story.reply(member.name))
        at = self._change_hands(life, at, latest)
        for _ in range(self.chance.choice((0, 0, 1, 1, 2, 3))):
            at = self._after(at, 9.0, latest)
            life.customer_writes(at, life.story.follow_up())
            at = self._after(at, 5.0, latest)
            life.replies(at, life.story.answer(life.holder.name if life.holder else ""))
        life.resolve(self._after(at, 6.0, latest))

    def _change_hands(self, life: Life, at: int, latest: int) -> int:
        """Most conversations stay with who claimed them; some are released, handed on, taken over or taken away."""
        fate = self.chance.random()
        if fate > 0.28 or life.holder is None:
            return at
        workspace_id = life.row["workspace_id"]
        at = self._after(at, 8.0, latest)
        if fate < 0.10:
            if self.chance.random() < 0.5:
                life.note(at, life.story.note())
            life.hand_on(at, self._other(life), ended_as="reassigned", via="reassign")
            return at
        if fate < 0.12:
            life.hand_on(at, self._other(life), ended_as="taken_over", via="takeover")
            return at
        former = life.holder
        if fate < 0.135:
            life.release(at, "forced", "Away without a word", acting(workspace_id, self.admin))
        elif fate < 0.16:
            life.release(at, "stale", None, system(workspace_id, "Auto-release"))
        else:
            life.release(at, "released", self.chance.choice(REASONS), acting(workspace_id, former))
        at = self._after(at, 7.0, latest)
        life.claim(at, self._other(life, former), pick(self.chance, WAYS))
        at = self._after(at, 4.0, latest)
        life.replies(at, life.story.reply(life.holder.name))
        return at

    def _whose(self, life: Life) -> Member:
        """Mostly somebody who knows the topic and the language: that is what suggestions can learn."""
        language, topic = life.story.language, life.story.topic
        able = [each for each in self.members if language in each.languages and topic in each.skills]
        fluent = [each for each in self.members if language in each.languages]
        fate = self.chance.random()
        return self.chance.choice((able if fate < 0.7 else fluent if fate < 0.9 else self.members) or self.members)

    def _other(self, life: Life, former: Member | None = None) -> Member:
        former = former or life.holder
        others = [each for each in self.members if former is None or each.id != former.id]
        return self.chance.choice(others or self.members)

    def _after(self, at: int, median_minutes: float, latest: int) -> int:
        """A later instant: usually some minutes on, sometimes an hour, never beyond the day."""
        pause = median_minutes * clock.MINUTE * self.chance.lognormvariate(0, 0.9)
        return min(at + max(1_000, int(pause)), max(at, latest))

    async def close_books(self, core: Core, writer: Writer) -> None:
        """Writes the audit rows of all days as one chain behind those that there are."""
        if not self.audits:
            return
        workspace_id = self.audits[0]["workspace_id"]
        mine = counters.c.workspace_id == workspace_id
        head = (await core.database.run(select(counters).where(mine)))[0]
        batch, previous = Batch(), head.audit_hash
        for seq, row in enumerate(self.audits, head.audit_seq + 1):
            previous = row["hash"] = ledger.chain(previous, seq, row)
            batch.add(audit_rows, row | {"seq": seq})
        await writer.write(batch)
        async with core.database.transaction() as opened:
            await opened.run(
                update(counters)
                .where(mine, counters.c.audit_seq == head.audit_seq)
                .values(audit_seq=head.audit_seq + len(self.audits), audit_hash=previous)
            )
