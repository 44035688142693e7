"""New conversations: a customer's first message through the API, or one that an agent begins (outbound)."""

from typing import Any

from tests.ownership.checks import at, did, everything, field_refused, named, refused, spells, unchanged
from tests.support.house import House

PATH = "/conversations"
ANA = {"external_id": "crm-1", "name": "Ana Ruiz", "email": "Ana@Example.com"}


def first(**more: Any) -> dict[str, Any]:
    return {"contact": ANA, "message": {"text": "Hola, necesito ayuda con mi factura"}} | more


def outbound(**more: Any) -> dict[str, Any]:
    return {"contact": ANA, "direction": "outbound", "text": "Your order is on its way"} | more


async def test_a_customer_begins_one(house: House) -> None:
    call = house.sam.post(PATH, first(tags=["billing", "new"], subject="Invoice"))
    made = await did(house, call, "conversation.created", "message.created", status=201)
    assert (made["status"], made["assignee"], made["epoch"], made["channel"]) == ("open", None, 0, "api")
    assert (made["tags"], made["subject"], made["priority"]) == (["billing", "new"], "Invoice", "normal")
    assert (made["language"], made["message_count"], made["bot_paused"]) == ("es", 1, False)
    assert made["contact"]["name"] == "Ana Ruiz"
    assert made["waiting_since"] is not None
    assert made["unclaimed_since"] is not None
    assert made == await house.read(made["id"])
    (message,) = (await house.sam.get(f"{PATH}/{made['id']}/messages")).json()["data"]
    assert (message["kind"], message["author"]["id"]) == ("customer", made["contact"]["id"])
    # The same contact again, by id or by what they are known by.
    for contact in (made["contact"]["id"], {"email": "ana@example.com"}, {"external_id": "crm-1"}):
        again = (await house.sam.post(PATH, first(contact=contact))).json()
        assert again["contact"] == made["contact"]
        assert again["id"] != made["id"]


async def test_a_redelivered_first_message_is_the_first_conversation_again(house: House) -> None:
    body = first(message={"text": "Hello", "external_id": "m-1"}, tags=["billing"])
    made = await house.sam.post(PATH, body)
    assert made.status_code == 201
    assert await unchanged(house, house.sam.post(PATH, body | {"tags": ["other"]})) == made.json()


async def test_an_agent_begins_one_and_holds_it(house: House) -> None:
    made = (await house.sam.post(PATH, outbound(tags=["orders"]))).json()
    assert (made["assignee"], made["epoch"], made["claimed_via"]) == (named(house.sam), 1, "api")
    assert (made["waiting_since"], made["preview"], made["message_count"]) == (None, "Your order is on its way", 1)
    assert made == await house.read(made["id"])
    assert await spells(house, made["id"]) == [(house.sam.id, "api", None)]
    (message,) = (await house.sam.get(f"{PATH}/{made['id']}/messages")).json()["data"]
    assert (message["kind"], message["delivery"], message["author"]["id"]) == ("reply", "sent", house.sam.id)
    # It has a reply: this claim cannot be undone.
    await field_refused(house, house.sam.post(at(made, "release"), {"undo": True}), "undo")


async def test_pools_and_the_limit_bind_an_outbound_one_and_then_nothing_is_made(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    lacking = {"pools": [{"id": pool["id"], "name": "Billing"}], "agent_id": house.sam.id}
    await refused(house, house.sam.post(PATH, outbound(tags=["billing"])), "pool_restricted", **lacking)
    await house.claimed_by(house.sam)
    full = {"limit": 1, "held": 1, "agent_id": house.sam.id}
    await refused(house, house.sam.post(PATH, outbound()), "claim_limit_reached", **full)
    # A customer's own is bound by neither.
    assert (await house.sam.post(PATH, first(tags=["billing"]))).status_code == 201


async def test_who_may_not_begin_one(house: House, neighbour: House) -> None:
    foreign = (await neighbour.conversation())["contact"]["id"]
    reader = await house.person("Rea", scopes=["conversations:read"])
    for body in (first(), outbound()):
        await refused(house, house.vic.post(PATH, body), "forbidden", needs="agent")
        await refused(house, reader.post(PATH, body), "forbidden", needs="conversations:write")
        for contact in (foreign, "ctc_01ARZ3NDEKTSV4RRFFQ69G5FAV", "Ana"):
            await refused(house, house.sam.post(PATH, body | {"contact": contact}), "not_found")
    made = (await house.sam.post(PATH, first())).json()
    await house.ada.patch(f"/contacts/{made['contact']['id']}", {"blocked": True})
    for body in (first(), outbound()):
        await refused(house, house.sam.post(PATH, body), "forbidden")


async def test_malformed_ones_leave_nothing(house: House) -> None:
    before = await everything(house)
    wrong: list[Any] = [
        None,
        {},
        [],
        {"contact": ANA},
        {"message": {"text": "Hello"}},
        first(text="Hello"),
        first(direction="sideways"),
        first(direction="outbound"),
        outbound(message={"text": "Hello"}),
        outbound(text=""),
        outbound(direction="inbound"),
        first(message={"text": ""}),
        first(message={"text": "x" * 4_001}),
        first(message={"text": "Hello", "kind": "note"}),
        first(message="Hello"),
        first(contact=None),
        first(contact={"age": 7}),
        first(contact={"email": "not an address"}),
        first(contact={"phone": "call me"}),
        first(contact={"name": "nul \x00"}),
        first(tags="billing"),
        first(tags=[""]),
        first(tags=['quo"ted']),
        first(tags=[f"t{number}" for number in range(51)]),
        first(assignee=house.sam.id),
        first(status="resolved"),
        first(channel="pigeon"),
    ]
    for body in wrong:
        answer = await house.sam.post(PATH, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), body
    assert await everything(house) == before
