"""500 mails as they really come (a tenth of them unless --full): 0 crashes, 0 lost, 0 in the wrong thread, 0 loops."""

import os
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from dibs.channels.email import threads
from dibs.conversations.tables import conversations
from tests.conftest import seed
from tests.support.mail_house import MailHouse, mail_of
from tests.support.mail_samples import Correspondence, Sample
from tests.support.mails import Generator

FULL = bool(os.environ.get("DIBS_TEST_FULL"))
NUMBER, BIG = (500, 4) if FULL else (58, 1)


async def correspondences(post: MailHouse) -> list[Correspondence]:
    """Threads that were answered, of customers who all have the same subject."""
    made = []
    for number in range(3):
        customer = f"known{number}@example.com"
        asked = await post.write("Where is it?", From=customer, Message_ID=f"<known-{number}@example.com>")
        mail = await post.answer(asked["conversation_id"])
        made.append(
            Correspondence(
                asked["conversation_id"],
                customer,
                f"<known-{number}@example.com>",
                mail["Message-ID"],
                mail["Reply-To"],
            )
        )
    return made


class Ledger:
    """What is known of the threads, and what went wrong."""

    def __init__(self, post: MailHouse, known: list[Correspondence]) -> None:
        self.post = post
        self.threads = {each.name: each.name for each in known}
        self.faults: list[str] = []

    async def hand_over(self, sample: Sample) -> None:
        """One mail, and whether that became of it which should."""
        before = await self._messages()
        await self.post.hand_over(sample.raw, sender=sample.sender, to=sample.to)
        new = [row for row in await self._messages() if row.id not in {each.id for each in before}]
        if len(new) != (sample.outcome == "stored"):
            self.faults.append(f"{sample.case}: {len(new)} messages, expected it {sample.outcome}")
            return
        for row in new:
            await self._judge(sample, row)

    async def _judge(self, sample: Sample, row: Any) -> None:
        if sample.needle and sample.needle not in row.text:
            self.faults.append(f"{sample.case}: text is lost: {row.text[:80]!r}")
        others = {conversation for name, conversation in self.threads.items() if name != sample.thread}
        expected = self.threads.setdefault(sample.thread, row.conversation_id)
        if row.conversation_id != expected or row.conversation_id in others:
            self.faults.append(f"{sample.case}: in the wrong thread")

    async def _messages(self) -> list[Any]:
        return await self.post.house.rows("SELECT * FROM messages WHERE workspace_id = :ws AND kind = 'customer'")


async def test_nothing_crashes_is_lost_goes_astray_or_loops(post: MailHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibs.channels.email.incoming.MOST_AN_HOUR", NUMBER)
    known = await correspondences(post)
    sent, ledger = len(post.office.mails), Ledger(post, known)
    print(f"seed {seed()}")
    for sample in Generator(seed(), known, big=BIG).mails(NUMBER):
        await ledger.hand_over(sample)
    assert ledger.faults == [], f"seed {seed()}"
    assert len(post.office.mails) == sent, "something was answered by itself"


_BY_SUBJECT = (
    select(conversations.c.id)
    .where(conversations.c.workspace_id == bindparam("ws"), conversations.c.subject == bindparam("subject"))
    .limit(1)
)


async def test_threading_by_subject_would_be_caught(post: MailHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async def by_subject(tx: Any, channel: Any, mail: Any, contact: Any) -> str | None:
        subject = mail.subject.removeprefix("Re: ")
        found = await tx.one(_BY_SUBJECT, {"ws": tx.workspace_id, "subject": subject})
        return found.id if found is not None else None

    known = await correspondences(post)
    monkeypatch.setattr(threads, "find", by_subject)
    ledger, generator = Ledger(post, known), Generator(seed(), known)
    for sample in (generator.same_subject(), generator.stranger(), generator.by_address(), generator.plain()):
        await ledger.hand_over(sample)
    print("caught:", ledger.faults)
    assert "same subject: in the wrong thread" in ledger.faults


async def test_believing_a_token_unread_would_be_caught(post: MailHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    known = await correspondences(post)
    monkeypatch.setattr("dibs.keyring.Keyring.signed", lambda *_: True)
    ledger, generator = Ledger(post, known), Generator(seed(), known)
    for sample in (generator.forged(), generator.forged_id()):
        await ledger.hand_over(sample)
    print("caught:", ledger.faults)
    assert ledger.faults == ["forged token: in the wrong thread", "forged id: in the wrong thread"]


def test_the_generator_draws_the_same_from_the_same_seed() -> None:
    known = [Correspondence("t", "a@b.example", "<a@b.example>", f"<out_{'0' * 26}.{'0' * 26}{'a' * 16}@h>", "s+x@h")]
    one, two = (list(Generator(7, known, big=0).mails(60)) for _ in range(2))
    assert [each.raw for each in one] == [each.raw for each in two]
    assert len({each.case for each in one}) >= 27
    assert mail_of("x")
