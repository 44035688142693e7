"""How far a message is never goes back, in whatever order and however often it is told."""

from itertools import permutations
from typing import Any, get_args

import pytest

from dibs.actor import system
from dibs.conversations.deliveries import RANK, READ, advance
from dibs.conversations.message_shapes import Delivery
from dibs.tx import transaction
from tests.support.house import House

TOLD: list[tuple[Any, ...]] = [
    *permutations(("sent", "delivered", "read")),
    *permutations(("failed", "sent")),
    *permutations(("failed", "delivered")),
    ("read", "failed", "failed"),
    ("sent", "sent"),
]


@pytest.mark.parametrize("told", TOLD, ids=" ".join)
async def test_the_order_changes_nothing_of_where_it_ends(house: House, told: tuple[Any, ...]) -> None:
    made = await house.claimed_by(house.sam)
    sent = await house.sam.post(f"/conversations/{made['id']}/messages", {"kind": "reply", "text": "Hello"})
    message_id = sent.json()["message"]["id"]
    seen = ["sent"]
    for to in told:
        failure: Any = {"code": "x", "detail": "It failed."} if to == "failed" else None
        async with transaction(house.core, system(house.workspace_id, "Test")) as tx:
            (message,) = await tx.run(READ, {"ws": house.workspace_id, "message": message_id})
            seen.append((await advance(tx, message, to, failure=failure)).delivery)
    assert seen[-1] == max(("sent", *told), key=lambda each: RANK[each])
    assert [RANK[each] for each in seen] == sorted(RANK[each] for each in seen)
    (row,) = await house.rows("SELECT details FROM messages WHERE id = :id", id=message_id)
    assert ("failure" in (row.details or "")) == (seen[-1] == "failed")
    events = await house.rows("SELECT 1 AS one FROM events WHERE workspace_id = :ws AND kind = 'message.delivery'")
    assert len(events) == len(set(seen)) - 1


def test_every_delivery_has_its_rank() -> None:
    assert set(RANK) == set(get_args(Delivery))
