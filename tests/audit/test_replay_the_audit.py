import random

from sqlalchemy import select

from dibs.audit.replaying import replay
from dibs.audit.verification import verify
from dibs.conversations.tables import conversations
from tests.conftest import seed
from tests.support.house import House

ACTIONS = (
    "claim",
    "claim",
    "release",
    "reassign",
    "force-release",
    "resolve",
    "reopen",
    "hand-back",
    "write",
    "snooze",
)


async def owners(house: House) -> dict[str, str | None]:
    found = select(conversations.c.id, conversations.c.assignee_id)
    rows = await house.core.database.run(found.where(conversations.c.workspace_id == house.workspace_id))
    return {row.id: row.assignee_id for row in rows}


async def test_the_audit_alone_tells_every_owner(house: House) -> None:
    chance = random.Random(seed())
    people = [house.sam, house.kim, house.ada]
    made = [(await house.conversation())["id"] for _ in range(6)]
    for _ in range(120):
        conversation, action, who = chance.choice(made), chance.choice(ACTIONS), chance.choice(people)
        bodies = {
            "reassign": {"agent_id": chance.choice(people).id},
            "force-release": {"reason": "shift"},
            "snooze": {"until_customer_replies": True},
        }
        if action == "write":
            await house.write(conversation)
        else:
            answer = await who.post(f"/conversations/{conversation}/{action}", bodies.get(action))
            assert answer.status_code in (200, 403, 409), answer.text
    expected = await owners(house)
    assert set(expected.values()) != {None}
    assert await replay(house.core.database, house.workspace_id) == expected
    assert await verify(house.core.database, house.workspace_id) is None


async def test_an_undone_claim_leaves_nobody(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    answer = await house.sam.post(f"/conversations/{conversation['id']}/release", {"undo": True})
    assert answer.status_code == 200, answer.text
    assert await replay(house.core.database, house.workspace_id) == {conversation["id"]: None}


async def test_an_empty_workspace_has_no_owners(neighbour: House) -> None:
    assert await replay(neighbour.core.database, neighbour.workspace_id) == {}
