"""Outbound conversations on a connected channel: they need the customer's address and go out by the outbox."""

from typing import Any

from dibs import clock
from dibs.actor import system
from dibs.channels import connections
from dibs.channels.inbound import Inbound, receive
from dibs.tx import transaction
from tests.ownership.checks import field_refused, refused
from tests.support.channels import Pigeons
from tests.support.house import House
from tests.support.uploads import brought_in

PHONE = "+34600123456"


async def connected(house: House, pigeons: Pigeons, loft: str = "north") -> str:
    body = {"kind": "whatsapp", "name": loft, "settings": pigeons.settings(loft)}
    answer = await house.ada.post("/channels", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def outbound(channel: str = "whatsapp", **more: Any) -> dict[str, Any]:
    return {"contact": {"phone": PHONE}, "direction": "outbound", "channel": channel, "text": "Your order"} | more


async def begun(house: House, **more: Any) -> dict[str, Any]:
    answer = await house.sam.post("/conversations", outbound(**more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def lately_wrote(house: House, channel_id: str) -> None:
    """The customer wrote on that channel, which takes free text for a day from then on."""
    async with transaction(house.core, system(house.workspace_id, "Pigeons", "whatsapp")) as tx:
        channel = await connections.lock(tx, channel_id)
        until = tx.now + clock.DAY
        await receive(tx, channel, Inbound(contact={"phone": PHONE}, text="Hi", reply_until=until))


async def sent_by(house: House, conversation: dict[str, Any]) -> str:
    rows = await house.rows("SELECT channel_id FROM conversations WHERE id = :id", id=conversation["id"])
    return str(rows[0].channel_id)


async def test_it_is_claimed_by_the_writer_and_leaves_by_the_channel(house: House, pigeons: Pigeons) -> None:
    channel = await connected(house, pigeons)
    await refused(house, house.sam.post("/conversations", outbound()), "outside_reply_window")
    await lately_wrote(house, channel)
    made = await begun(house, subject="Order 7")
    assert (made["assignee"]["id"], made["channel"], made["subject"]) == (house.sam.id, "whatsapp", "Order 7")
    assert await sent_by(house, made) == channel
    (entry,) = await house.rows("SELECT topic, target, lane FROM outbox WHERE workspace_id = :ws")
    assert (entry.topic, entry.target, entry.lane) == ("channel", channel, made["id"])


async def test_of_several_channels_the_oldest_unless_one_is_named(house: House, pigeons: Pigeons) -> None:
    first, second = await connected(house, pigeons), await connected(house, pigeons, "south")
    await lately_wrote(house, first)
    await lately_wrote(house, second)
    assert await sent_by(house, await begun(house)) == first
    assert await sent_by(house, await begun(house, channel_id=second)) == second


async def test_a_channel_that_is_none_of_that_kind_is_refused(house: House, neighbour: House, pigeons: Pigeons) -> None:
    mine, theirs = await connected(house, pigeons), await connected(neighbour, pigeons, "theirs")
    for channel_id in (theirs, "chn_x", "chn_" + "0" * 26, "x"):
        await field_refused(house, house.sam.post("/conversations", outbound(channel_id=channel_id)), "channel_id")
    by_mail = outbound("email", contact={"email": "ana@example.com"}, channel_id=mine)
    await field_refused(house, house.sam.post("/conversations", by_mail), "channel_id")
    inbound = {"contact": {"phone": PHONE}, "message": {"text": "Hi"}, "channel_id": mine}
    await refused(house, house.sam.post("/conversations", inbound), "invalid")


async def test_a_contact_without_the_address_is_refused(house: House, pigeons: Pigeons) -> None:
    await connected(house, pigeons)
    lacking = (await house.sam.post("/contacts", {"name": "Ana", "email": "ana@example.com"})).json()["id"]
    silent = (await house.sam.post("/contacts", {"name": "Bo", "phone": PHONE})).json()["id"]
    for channel, contact in (("whatsapp", lacking), ("email", silent)):
        await field_refused(house, house.sam.post("/conversations", outbound(channel, contact=contact)), "contact")


async def test_nothing_at_all_is_no_message(house: House) -> None:
    for body in (outbound(text=""), outbound(text=" "), outbound(text=None), outbound(text="", attachments=[])):
        await refused(house, house.sam.post("/conversations", body), "invalid")
    theirs = await brought_in(house.kim)
    call = house.sam.post("/conversations", outbound("api", attachments=[theirs["id"]]))
    await field_refused(house, call, "attachments")
