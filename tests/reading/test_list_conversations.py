"""GET /v1/conversations: views, filters, orders, cursors."""

from typing import Any

import pytest

from tests.support.house import House, Person


async def listed(person: Person, **params: Any) -> list[str]:
    answer = await person.get("/conversations", **params)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["data"]]


async def pages(person: Person, **params: Any) -> list[str]:
    found: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(50):
        answer = (await person.get("/conversations", **params, **cursor)).json()
        found += [row["id"] for row in answer["data"]]
        if answer["next_cursor"] is None:
            return found
        cursor = {"cursor": answer["next_cursor"]}
    raise AssertionError("the cursor never ends")


async def test_each_view_shows_its_own(house: House) -> None:
    free = await house.conversation()
    mine = await house.claimed_by(house.sam)
    theirs = await house.claimed_by(house.kim)
    asleep = await house.claimed_by(house.sam)
    done = await house.claimed_by(house.sam)
    away = await house.claimed_by(house.sam)
    await house.sam.post(f"/conversations/{asleep['id']}/snooze", {"until_customer_replies": True})
    for each in (done, away):
        assert (await house.sam.post(f"/conversations/{each['id']}/resolve")).status_code == 200
    assert (await house.ada.post(f"/conversations/{away['id']}/archive")).status_code == 200
    await house.ada.put(f"/conversations/{theirs['id']}/observers/{house.sam.id}")
    sam = house.sam
    assert await listed(sam, view="unclaimed") == [free["id"]]
    assert await listed(sam, view="mine") == [mine["id"]]
    assert await listed(sam, view="others") == [theirs["id"]]
    assert await listed(sam, view="observing") == [theirs["id"]]
    assert await listed(sam, view="snoozed") == [asleep["id"]]
    assert await listed(sam, view="resolved") == [done["id"]]
    assert await listed(sam, view="archived") == [away["id"]]
    assert set(await listed(sam, view="all")) == {free["id"], mine["id"], theirs["id"]}
    assert await listed(sam) == await listed(sam, view="all")
    assert len(await listed(sam, view="any")) == 6
    assert await listed(house.ada, view="stale") == []


async def test_a_row_is_the_conversation_itself(house: House) -> None:
    made = await house.claimed_by(house.sam)
    answer = await house.vic.get("/conversations", view="all")
    assert answer.json() == {"data": [await house.read(made["id"])], "next_cursor": None}
    assert answer.json()["data"][0]["assignee"] == {"id": house.sam.id, "name": house.sam.name}


async def test_the_event_cursor_is_where_live_updates_go_on(house: House) -> None:
    before = int((await house.sam.get("/conversations")).headers["X-Event-Cursor"])
    await house.conversation()
    assert int((await house.sam.get("/conversations")).headers["X-Event-Cursor"]) > before


async def test_only_admins_see_the_stale_view(house: House) -> None:
    answer = await house.sam.get("/conversations", view="stale")
    assert answer.status_code == 403
    assert answer.json()["needs"] == "admin"


async def test_filters_narrow_together(house: House) -> None:
    plain = await house.conversation()
    billing = await house.conversation(tags=["billing"])
    both = await house.conversation(tags=["billing", "vip"])
    await house.sam.patch(f"/conversations/{both['id']}", {"priority": "urgent", "language": "es"})
    for view in ("unclaimed", "all", "any"):
        assert set(await listed(house.sam, view=view, tag="billing")) == {billing["id"], both["id"]}
        assert await listed(house.sam, view=view, tag=["billing", "vip"]) == [both["id"]]
        assert await listed(house.sam, view=view, tag=["vip", "billing"], priority="urgent") == [both["id"]]
        assert await listed(house.sam, view=view, tag="nothing") == []
        assert await listed(house.sam, view=view, priority="urgent") == [both["id"]]
        assert await listed(house.sam, view=view, language="es", channel="api") == [both["id"]]
        assert await listed(house.sam, view=view, channel="email") == []
        assert await listed(house.sam, view=view, contact=plain["contact"]["id"]) == [plain["id"]]
        assert len(await listed(house.sam, view=view, assignee="none")) == 3
        assert await listed(house.sam, view=view, assignee="me") == []


async def test_assignee_may_be_me_nobody_or_an_agent(house: House) -> None:
    free, mine = await house.conversation(), await house.claimed_by(house.sam)
    theirs = await house.claimed_by(house.kim)
    assert await listed(house.sam, assignee="me") == [mine["id"]]
    assert await listed(house.sam, assignee="none") == [free["id"]]
    assert await listed(house.sam, assignee=house.kim.id) == [theirs["id"]]
    assert await listed(house.sam, view="mine", assignee=house.kim.id) == []


async def test_a_pool_lists_what_its_conditions_meet(house: House) -> None:
    await house.conversation()
    tagged, urgent = await house.conversation(tags=["billing"]), await house.conversation()
    await house.sam.patch(f"/conversations/{urgent['id']}", {"priority": "urgent"})
    pool = await house.pool("Billing", house.sam, tags=["billing"], priorities=["urgent"])
    for view in ("unclaimed", "all"):
        assert set(await listed(house.kim, view=view, pool=pool["id"])) == {tagged["id"], urgent["id"]}


async def test_since_includes_its_moment_and_until_does_not(house: House) -> None:
    made = await house.conversation()
    at = made["last_message_at"]
    assert await listed(house.sam, since=at) == [made["id"]]
    assert await listed(house.sam, until=at) == []
    assert await listed(house.sam, since="2000-01-01T00:00:00+02:00", until="2999-01-01T00:00:00Z") == [made["id"]]


async def test_orders(house: House) -> None:
    first, second, third = [(await house.conversation())["id"] for _ in range(3)]
    await house.sam.patch(f"/conversations/{second}", {"priority": "high"})
    await house.sam.patch(f"/conversations/{third}", {"priority": "low"})
    for view in ("unclaimed", "all", "any"):
        assert await listed(house.sam, view=view, sort="newest") == [third, second, first]
        assert await listed(house.sam, view=view, sort="oldest") == [first, second, third]
        assert await listed(house.sam, view=view, sort="waiting") == [first, second, third]
        assert await listed(house.sam, view=view, sort="sla") == [first, second, third]
        assert await listed(house.sam, view=view, sort="priority") == [second, first, third]
    assert await listed(house.sam, view="unclaimed") == [first, second, third]
    assert await listed(house.sam, view="all") == [third, second, first]


async def test_who_was_answered_comes_after_who_waits(house: House) -> None:
    answered, waiting = await house.claimed_by(house.sam), await house.conversation()
    await house.sam.post(f"/conversations/{answered['id']}/messages", {"kind": "reply", "text": "Done"})
    assert await listed(house.sam, sort="waiting") == [waiting["id"], answered["id"]]


@pytest.mark.parametrize("sort", ["newest", "oldest", "waiting", "priority", "sla"])
@pytest.mark.parametrize("view", ["unclaimed", "all"])
async def test_pages_hold_every_row_once_in_order(house: House, view: str, sort: str) -> None:
    made = [(await house.conversation(tags=["all"]))["id"] for _ in range(7)]
    whole = await listed(house.sam, view=view, sort=sort)
    assert sorted(whole) == sorted(made)
    assert await pages(house.sam, view=view, sort=sort, limit=3) == whole
    assert await pages(house.sam, view=view, sort=sort, limit=2, tag="all") == whole
    assert await pages(house.sam, view=view, sort=sort, limit=2, q="order") == whole


async def test_a_cursor_stays_where_it_was_while_others_arrive(house: House) -> None:
    made = [(await house.conversation())["id"] for _ in range(4)]
    first = (await house.sam.get("/conversations", limit=2)).json()
    await house.conversation()
    second = (await house.sam.get("/conversations", limit=2, cursor=first["next_cursor"])).json()
    assert [row["id"] for row in first["data"] + second["data"]] == made[::-1]


async def test_a_cursor_of_another_list_is_refused(house: House, neighbour: House) -> None:
    for _ in range(3):
        await house.conversation()
        await neighbour.conversation()
    cursor = (await house.sam.get("/conversations", limit=1)).json()["next_cursor"]
    for person, params in (
        (house.sam, {"sort": "oldest"}),
        (house.sam, {"view": "unclaimed"}),
        (house.sam, {"tag": "x"}),
        (house.kim, {}),
        (neighbour.sam, {}),
    ):
        answer = await person.get("/conversations", cursor=cursor, **params)
        assert answer.status_code == 422, params
        assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize("cursor", ["", "x", "🙂", "bnVsbA", "W10", "WzEsMl0", "a" * 2000, "WyJhIiwxLCJ4XHUwMDAwIl0"])
async def test_a_malformed_cursor_is_refused(house: House, cursor: str) -> None:
    answer = await house.sam.get("/conversations", cursor=cursor)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


@pytest.mark.parametrize(
    "params",
    [
        {"view": "everything"},
        {"channel": "fax"},
        {"priority": "7"},
        {"language": "español"},
        {"sort": "random"},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "9" * 30},
        {"since": "yesterday"},
        {"since": "2026-01-01T00:00:00"},
        {"since": "0001-01-01T00:00:00+05:00"},
        {"until": "9" * 40},
        {"q": ""},
        {"q": "a\0b"},
        {"tag": "a\0b"},
        {"q": "x" * 201},
        {"unknown": "1"},
    ],
)
async def test_a_filter_that_cannot_be_is_refused(house: House, params: dict[str, str]) -> None:
    answer = await house.sam.get("/conversations", **params)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), params


async def test_what_is_not_in_the_workspace_is_not_found(house: House, neighbour: House) -> None:
    theirs = await neighbour.conversation()
    pool = await neighbour.pool("Theirs", neighbour.sam, tags=["x"])
    for params in (
        {"contact": theirs["contact"]["id"]},
        {"assignee": neighbour.sam.id},
        {"pool": pool["id"]},
        {"contact": "ctc_1"},
        {"assignee": "nobody"},
        {"pool": "pool_1"},
    ):
        assert (await house.sam.get("/conversations", **params)).status_code == 404, params
    assert await listed(house.sam, view="any") == []


async def test_reading_needs_its_scope(house: House) -> None:
    key = await house.person("Rita", scopes=["contacts:read"])
    for path in ("/conversations", "/conversations/counts", "/tags"):
        answer = await key.get(path)
        assert (answer.status_code, answer.json()["needs"]) == (403, "conversations:read")
    assert (await key.get("/search", q="x")).status_code == 403
    made = await house.conversation()
    assert (await key.get(f"/conversations/{made['id']}/messages")).status_code == 403
