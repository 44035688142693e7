"""Open conversations that nobody holds: one message each, the oldest almost an hour old."""

import random
from collections.abc import Iterator
from typing import Any

from dibs import clock
from dibs.contacts.tables import contact_identities, contacts
from dibs.conversations.messages import preview
from dibs.conversations.tables import conversation_tags, conversations, messages
from dibs.seeding.bulk import Batch
from dibs.seeding.fresh import new_id
from dibs.seeding.texts import CHANNELS, LANGUAGES, TOPICS, Story, pick, words

BATCH = 5_000
OLDEST, NEWEST = 55 * clock.MINUTE, clock.MINUTE
PER_CONTACT = 3
# So many contacts write in turns: nobody's conversations stand in a row.
IN_TURNS = 9
# Every fifth conversation is about money, every 10,000th concerns a lawyer; the first one of all does, too.
COMMON_TAG, RARE_TAG = "billing", "legal"
RARE_EVERY = 10_000
TAGS = {"delivery": "delivery", "returns": "returns", "login": "account", "complaint": "complaint"}
SOMETIMES = {"vip": 0.03, "urgent": 0.01, "enterprise": 0.01}
PRIORITIES = {"0": 10, "1": 74, "2": 12, "3": 4}
UNESCALATED = 1 << 52


class Customers:
    """Contacts of a workspace, a new one every few conversations."""

    def __init__(self, chance: random.Random, workspace_id: str) -> None:
        self.chance, self.workspace_id = chance, workspace_id
        self.number = 0
        self._writing: list[tuple[dict[str, Any], str]] = []
        self.language = "en"

    def next(self, batch: Batch, at: int) -> dict[str, Any]:
        """The contact of the next conversation."""
        if len(self._writing) < IN_TURNS * (PER_CONTACT - 1):
            row = self._make(batch, at)
            self._writing += [(row, self.language)] * (PER_CONTACT - 1)
            return row
        row, self.language = self._writing.pop(self.chance.randrange(len(self._writing)))
        return row

    def begin(self) -> Batch:
        """A new batch, which needs no contact of the one before."""
        self._writing = []
        return Batch()

    def _make(self, batch: Batch, at: int) -> dict[str, Any]:
        self.number += 1
        self.language = pick(self.chance, LANGUAGES)
        name = self.chance.choice(words()["customers"][self.language])
        row = {
            "workspace_id": self.workspace_id,
            "id": new_id("ctc", at),
            "name": name,
            "email": f"customer{self.number}@example.com",
            "phone": f"+34600{self.number:07d}",
            "external_id": f"customer-{self.number}",
            "blocked": False,
            "created_at": at,
            "updated_at": at,
        }
        batch.add(contacts, row)
        for kind in ("email", "phone", "external_id"):
            batch.add(
                contact_identities,
                {
                    "workspace_id": self.workspace_id,
                    "kind": kind,
                    "value": row[kind],
                    "contact_id": row["id"],
                    "created_at": at,
                },
            )
        return row


def inbox(chance: random.Random, customers: Customers, count: int, now: int) -> Iterator[Batch]:
    """`count` conversations in batches, the longest waiting first."""
    step = (OLDEST - NEWEST) / max(1, count)
    batch = customers.begin()
    for number in range(count):
        at = now - OLDEST + int(number * step)
        topic = COMMON_TAG if number % 5 == 0 else pick(chance, _OTHER_TOPICS)
        tags = tags_for(chance, topic)
        if number % RARE_EVERY == 0:
            tags.append(RARE_TAG)
        _open(batch, chance, customers.next(batch, at), (customers.language, topic, at), tags)
        if (number + 1) % BATCH == 0:
            yield batch
            batch = customers.begin()
    yield batch


def tags_for(chance: random.Random, topic: str) -> list[str]:
    """The tags that a conversation about a topic gets."""
    tags = []
    if topic == COMMON_TAG:
        tags.append(COMMON_TAG)
    elif topic in TAGS and chance.random() < 0.6:
        tags.append(TAGS[topic])
    if chance.random() < sum(SOMETIMES.values()):
        tags.append(chance.choices(list(SOMETIMES), list(SOMETIMES.values()))[0])
    return tags


def every_tag() -> list[str]:
    """All tags that a seed uses."""
    return sorted({COMMON_TAG, RARE_TAG, *TAGS.values(), *SOMETIMES})


def _open(
    batch: Batch, chance: random.Random, contact: dict[str, Any], matter: tuple[str, str, int], tags: list[str]
) -> None:
    language, topic, at = matter
    channel = pick(chance, CHANNELS)
    text = Story(chance, language, topic, contact["name"]).opening()
    row = conversation(contact, channel, language, tags, at)
    row |= {
        "priority": int(pick(chance, PRIORITIES)),
        "status": "open",
        "preview": preview(text),
        "unclaimed_since": at,
        "waiting_since": at,
        "message_count": 1,
        "version": 2,
    }
    batch.add(conversations, row)
    batch.add(messages, message(row, 1, "customer", text, at, author=("contact", contact["id"], contact["name"])))
    for tag in tags:
        batch.add(
            conversation_tags,
            {
                "workspace_id": row["workspace_id"],
                "tag": tag,
                "conversation_id": row["id"],
                "queue_key": UNESCALATED + at,
            },
        )


def conversation(contact: dict[str, Any], channel: str, language: str, tags: list[str], at: int) -> dict[str, Any]:
    """What every conversation's row begins with."""
    return {
        "workspace_id": contact["workspace_id"],
        "id": new_id("conv", at),
        "contact_id": contact["id"],
        "channel": channel,
        "priority": 1,
        "language": language,
        "language_confidence": 0.98,
        "language_edited": False,
        "tags": tags,
        "epoch": 0,
        "stale": False,
        "bot_paused": False,
        "spam": False,
        "last_message_at": at,
        "created_at": at,
    }


def message(
    row: dict[str, Any], seq: int, kind: str, text: str, at: int, *, author: tuple[str, str | None, str]
) -> dict[str, Any]:
    """A message's row in the conversation `row`, under the epoch that it has now."""
    author_type, author_id, author_name = author
    return {
        "workspace_id": row["workspace_id"],
        "id": new_id("msg", at),
        "conversation_id": row["id"],
        "seq": seq,
        "kind": kind,
        "text": text,
        "author_type": author_type,
        "author_id": author_id,
        "author_name": author_name,
        "via": "ui" if author_type == "agent" else "api",
        "channel": row["channel"],
        "contact_id": row["contact_id"],
        "epoch": row["epoch"],
        "attachments": [],
        "delivery": "sent" if kind == "note" else "delivered",
        "created_at": at,
    }


_OTHER_TOPICS = {topic: weight for topic, weight in TOPICS.items() if topic != COMMON_TAG}
