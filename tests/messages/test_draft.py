"""Drafts: what an agent has begun to write is kept for them alone, through refusals and lost claims."""

from tests.ownership.checks import at, field_refused, refused
from tests.support.house import House


async def test_a_draft_is_kept_replaced_and_thrown_away(house: House) -> None:
    conversation = await house.conversation()
    path = at(conversation, "draft")
    await refused(house, house.sam.get(path), "not_found")
    saved = await house.sam.put(path, {"text": "Dear"})
    assert saved.status_code == 200
    assert (saved.json()["kind"], saved.json()["text"]) == ("reply", "Dear")
    again = (await house.sam.put(path, {"text": "Dear Ana", "kind": "note"})).json()
    assert (await house.sam.get(path)).json() == again
    assert (again["conversation_id"], again["kind"], again["text"]) == (conversation["id"], "note", "Dear Ana")
    for _ in range(2):
        answer = await house.sam.delete(path)
        assert answer.status_code == 200
        assert answer.json().keys() == again.keys()
        assert (answer.json()["conversation_id"], answer.json()["text"]) == (conversation["id"], "")
    await refused(house, house.sam.get(path), "not_found")


async def test_each_agent_has_their_own(house: House) -> None:
    path = at(await house.conversation(), "draft")
    await house.sam.put(path, {"text": "Mine"})
    await refused(house, house.kim.get(path), "not_found")
    await house.kim.put(path, {"text": "Hers"})
    await house.kim.delete(path)
    assert (await house.sam.get(path)).json()["text"] == "Mine"


async def test_it_outlives_a_refused_reply_and_a_lost_claim(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    await house.sam.put(at(mine, "draft"), {"text": "Nearly done"})
    await house.ada.post(at(mine, "reassign"), {"agent_id": house.kim.id})
    reply = {"kind": "reply", "text": "Nearly done", "epoch": 1}
    await refused(house, house.sam.post(at(mine, "messages"), reply), "already_claimed")
    assert (await house.sam.get(at(mine, "draft"))).json()["text"] == "Nearly done"


async def test_a_draft_changes_nothing_of_the_conversation(house: House) -> None:
    conversation = await house.conversation()
    await house.sam.put(at(conversation, "draft"), {"text": ""})
    assert await house.read(conversation["id"]) == conversation
    assert (await house.kim.get("/audit")).status_code == 403


async def test_refusals(house: House, neighbour: House) -> None:
    conversation, foreign = await house.conversation(), await neighbour.conversation()
    path = at(conversation, "draft")
    await refused(house, house.vic.put(path, {"text": "x"}), "forbidden", needs="agent")
    await refused(house, house.vic.delete(path), "forbidden", needs="agent")
    for call in (house.sam.put, house.sam.delete, house.sam.get):
        body = {"json": {"text": "x"}} if call == house.sam.put else {}
        await refused(house, call(at(foreign, "draft"), **body), "not_found")
        await refused(house, call("/conversations/%00/draft", **body), "not_found")
    for field, value in (("text", "x" * 4_001), ("text", None), ("text", "\x00"), ("kind", "bot"), ("to", "x")):
        await field_refused(house, house.sam.put(path, {"text": "x"} | {field: value}), field)
