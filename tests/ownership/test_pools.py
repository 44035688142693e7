"""Pools: rules about who may claim what, made by admins and in force from the next transaction."""

from typing import Any

from tests.ownership.checks import at, did, everything, field_refused, named, refused, unchanged
from tests.support.house import House

BILLING: dict[str, Any] = {"name": "Billing", "conditions": {"tags": ["billing"]}}
EMPTY: dict[str, list[str]] = {"tags": [], "priorities": [], "languages": [], "channels": []}


async def test_an_admin_makes_changes_and_removes_one(house: House) -> None:
    body = BILLING | {"members": [house.kim.id]}
    pool = (await house.ada.post("/pools", body)).json()
    assert pool == body | {"id": pool["id"], "skill": None, "conditions": EMPTY | {"tags": ["billing"]}}
    for person in (house.vic, house.sam):
        assert (await person.get(f"/pools/{pool['id']}")).json() == pool
        assert (await person.get("/pools")).json() == {"data": [pool], "next_cursor": None}
    path = f"/pools/{pool['id']}"
    changed = (await house.olga.patch(path, {"name": "Money", "members": [], "skill": "billing"})).json()
    assert changed == pool | {"name": "Money", "members": [], "skill": "billing"}
    assert await unchanged(house, house.ada.patch(path, {})) == changed
    conditions = {"conditions": {"languages": ["es"], "priorities": ["urgent"], "channels": ["email"]}}
    changed = (await house.ada.patch(path, conditions)).json()
    assert changed["conditions"] == {"tags": [], "languages": ["es"], "priorities": ["urgent"], "channels": ["email"]}
    removed = await house.ada.delete(path)
    assert (removed.status_code, removed.json()) == (200, changed)
    await refused(house, house.ada.get(path), "not_found")
    await refused(house, house.ada.delete(path), "not_found")
    actions = "SELECT action FROM audit_rows WHERE workspace_id = :ws AND action LIKE 'pool.%' ORDER BY seq"
    kinds = ["pool.created", "pool.updated", "pool.updated", "pool.deleted"]
    assert [row.action for row in await house.rows(actions)] == kinds


async def test_every_condition_guards_and_any_one_is_enough(house: House) -> None:
    conditions = {"tags": ["a", "b"], "priorities": ["urgent"], "languages": ["es"], "channels": ["email"]}
    await house.pool("Senior", house.kim, **conditions)
    free = await house.conversation()
    assert (await house.sam.post(at(free, "claim"))).status_code == 200
    for fields, change in (
        ({"tags": ["b", "c"]}, {}),
        ({}, {"priority": "urgent"}),
        ({}, {"language": "es"}),
        ({"channel": "email"}, {}),
    ):
        guarded = await house.conversation(**fields)
        await house.sam.patch(f"/conversations/{guarded['id']}", change)
        await refused(house, house.sam.post(at(guarded, "claim")), "pool_restricted")
        assert (await house.kim.post(at(guarded, "claim"))).status_code == 200


async def test_all_agents_with_the_skill_are_members(house: House) -> None:
    fay = await house.person("Fay", skills=["french"])
    body = {"name": "French", "skill": "french", "conditions": {"languages": ["fr"]}}
    assert (await house.ada.post("/pools", body)).status_code == 201
    conversation = await house.conversation()
    await house.sam.patch(f"/conversations/{conversation['id']}", {"language": "fr"})
    await refused(house, house.sam.post(at(conversation, "claim")), "pool_restricted")
    assert (await fay.post(at(conversation, "claim"))).json()["assignee"] == named(fay)
    await fay.post(at(conversation, "release"))
    await house.ada.patch(f"/agents/{fay.id}", {"skills": []})
    await refused(house, fay.post(at(conversation, "claim")), "pool_restricted")


async def test_a_change_counts_from_the_next_transaction_and_takes_no_claim_away(house: House) -> None:
    conversation = await house.conversation(tags=["billing"])
    await house.sam.post(at(conversation, "claim"))
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    assert (await house.read(conversation["id"]))["assignee"] == named(house.sam)
    await house.sam.post(at(conversation, "release"))
    await refused(house, house.sam.post(at(conversation, "claim")), "pool_restricted")
    await house.ada.patch(f"/pools/{pool['id']}", {"members": [house.sam.id]})
    await refused(house, house.kim.post(at(conversation, "claim")), "pool_restricted")
    assert (await house.sam.post(at(conversation, "claim"))).status_code == 200
    await house.sam.post(at(conversation, "release"))
    await house.ada.delete(f"/pools/{pool['id']}")
    assert (await did(house, house.kim.post(at(conversation, "claim")), "conversation.claimed"))["epoch"] == 5


async def test_only_admins_decide(house: House, neighbour: House) -> None:
    pool, foreign = await house.pool("Senior", house.kim, tags=["vip"]), await neighbour.pool("Theirs", tags=["vip"])
    manager = await house.person("Max", "admin", scopes=["conversations:read", "conversations:write"])
    for person, needs in ((house.vic, "admin"), (house.sam, "admin"), (manager, "admin")):
        await refused(house, person.post("/pools", BILLING), "forbidden", needs=needs)
        await refused(house, person.patch(f"/pools/{pool['id']}", {"name": "Mine"}), "forbidden", needs=needs)
        await refused(house, person.delete(f"/pools/{pool['id']}"), "forbidden", needs=needs)
        for pool_id in (foreign["id"], "pool_01ARZ3NDEKTSV4RRFFQ69G5FAV", "pool_", "%00"):
            await refused(house, person.get(f"/pools/{pool_id}"), "not_found")
            await refused(house, person.patch(f"/pools/{pool_id}", {"name": "Mine"}), "not_found")
            await refused(house, person.delete(f"/pools/{pool_id}"), "not_found")
    assert (await neighbour.ada.get("/pools")).json()["data"] == [foreign]


async def test_names_and_members_must_be_good(house: House, neighbour: House) -> None:
    pool = await house.pool("Senior", house.kim, tags=["vip"])
    await house.pool("Spanish", house.kim, languages=["es"])
    await field_refused(house, house.ada.post("/pools", BILLING | {"name": "Senior"}), "name")
    await field_refused(house, house.ada.patch(f"/pools/{pool['id']}", {"name": "Spanish"}), "name")
    for member in (neighbour.kim.id, "agt_01ARZ3NDEKTSV4RRFFQ69G5FAV", "Kim"):
        body = {"members": [house.kim.id, member]}
        await field_refused(house, house.ada.post("/pools", BILLING | body), "members")
        await field_refused(house, house.ada.patch(f"/pools/{pool['id']}", body), "members")
    # Another workspace's names are no matter.
    assert (await neighbour.ada.post("/pools", BILLING | {"name": "Senior"})).status_code == 201


async def test_malformed_pools_are_refused(house: House) -> None:
    pool = await house.pool("Senior", house.kim, tags=["vip"])
    before = await everything(house)
    wrong: list[dict[str, Any]] = [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 81},
        {"name": None},
        {"name": "nul\x00"},
        {"conditions": None},
        {"conditions": {}},
        {"conditions": EMPTY},
        {"conditions": {"tags": "billing"}},
        {"conditions": {"tags": [""]}},
        {"conditions": {"priorities": ["top"]}},
        {"conditions": {"languages": ["Spanish"]}},
        {"conditions": {"channels": ["pigeon"]}},
        {"conditions": {"tags": ["x"], "weather": ["rain"]}},
        {"members": None},
        {"members": "all"},
        {"members": [7]},
        {"skill": ""},
        {"skill": 7},
        {"colour": "red"},
    ]
    for change in wrong:
        for answer in (
            await house.ada.post("/pools", BILLING | change),
            await house.ada.patch(f"/pools/{pool['id']}", change),
        ):
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), change
    assert (await house.ada.post("/pools", {"name": "Billing"})).status_code == 422
    for params in ({"cursor": "pool_"}, {"limit": "0"}, {"limit": "x"}):
        assert (await house.ada.get("/pools", **params)).status_code == 422
    assert await everything(house) == before


async def test_the_list_is_paged(house: House) -> None:
    for number in range(5):
        await house.pool(f"Pool {number}", tags=[f"t{number}"])
    names: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await house.sam.get("/pools", limit=2, **cursor)).json()
        names += [each["name"] for each in page["data"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sorted(names) == [f"Pool {number}" for number in range(5)]
