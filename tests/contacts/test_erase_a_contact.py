"""Erasing a customer: no word of theirs or about them is left, the numbers and the audit's chain stay."""

from typing import Any

import pytest
from sqlalchemy import insert

from dibs import clock
from dibs.actor import system
from dibs.audit.verification import check
from dibs.bot.tables import bot_turns, escalations
from dibs.channels.tables import mails, message_html, visitor_conversations, visitors
from dibs.conversations import erasure
from dibs.delivery.tables import outbox
from dibs.settings import Settings
from dibs.tx import transaction
from tests.ownership.checks import at, refused
from tests.support.channels import channel
from tests.support.house import House
from tests.support.traces import traces
from tests.support.uploads import brought_in

# Every place gets a word of its own, so that what is left says where it was forgotten.
WORDS = (
    *("zzname", "zzmail", "zzexternal", "600123456", "zzsubject", "zzfirst", "zzreply", "zznote", "zzhandoff"),
    *("zzresolution", "zzasked", "zzanswered", "zzdraft", "zzfile", "zzcontent", "zzmerged", "zzhtml", "zzpage"),
    *("zzerror", "zzcard", "zzrefers", "zzkey", "zzclient"),
)
ANA = {"name": "Zzname Ruiz", "email": "zzmail@example.com", "phone": "+34600123456", "external_id": "zzexternal"}


async def told_by_people(house: House) -> dict[str, Any]:
    """A customer's conversation in which everything happened that the API knows."""
    first = {"contact": ANA, "message": {"text": "zzfirst order", "external_id": "zzkey"}, "subject": "zzsubject"}
    conversation: dict[str, Any] = (await house.sam.post("/conversations", first, Idempotency_Key="create")).json()
    messages = at(conversation, "messages")
    await house.kim.post(at(conversation, "claim"))
    file = await brought_in(house.kim, b"zzcontent of a file", "zzfile.txt")
    reply = {"kind": "reply", "text": "zzreply", "attachments": [file["id"]], "client_id": "zzclient"}
    assert (await house.kim.post(messages, reply, Idempotency_Key="reply")).status_code == 201
    assert (await house.ada.post(messages, {"kind": "note", "text": "@Kim zznote"})).status_code == 201
    asked = await house.sam.post(at(conversation, "takeover-requests"), {"note": "zzasked"}, Idempotency_Key="ask")
    await house.kim.post(f"/takeover-requests/{asked.json()['id']}/accept", {"note": "zzanswered"})
    given = await house.sam.post(at(conversation, "reassign"), {"agent_id": house.kim.id, "note": "zzhandoff"})
    assert given.status_code == 200, given.text
    await house.sam.put(at(conversation, "draft"), {"kind": "note", "text": "zzdraft"})
    await house.write(conversation["id"], "zzfirst again")
    twin = (await house.sam.post("/contacts", {"name": "Zzmerged"})).json()
    answer = await house.sam.post(f"/contacts/{twin['id']}/merge", {"into": conversation["contact"]["id"]})
    assert answer.status_code == 200
    await house.sam.patch(f"/contacts/{conversation['contact']['id']}", {"name": "Zzname Ruiz Soler"})
    await house.sam.patch(f"/conversations/{conversation['id']}", {"subject": "zzsubject two"})
    done = {"contact": conversation["contact"]["id"], "message": {"text": "zzfirst of another"}}
    other = (await house.sam.post("/conversations", done)).json()
    await house.sam.post(at(other, "resolve"), {"note": "zzresolution"})
    return conversation


async def told_by_channels(house: House, conversation: dict[str, Any]) -> None:
    """What channels, the outbox and the bot remember of it."""
    ws, this, contact = house.workspace_id, conversation["id"], conversation["contact"]["id"]
    (message, *_) = (await house.ada.get(at(conversation, "messages"))).json()["data"]
    known, now = (await channel(house, "email")).id, clock.now()
    rows: list[tuple[Any, dict[str, Any]]] = [
        (visitors, {"token_hash": ws, "id": "vis_1", "channel_id": known, "contact_id": contact, "verified": True,
                    "page_url": "https://zzpage", "created_at": now, "last_seen_at": now}),
        (visitor_conversations, {"visitor_id": "vis_1", "conversation_id": this}),
        (mails, {"channel_id": known, "message_id_header": "id@mail", "conversation_id": this, "direction": "in",
                 "message_id": message["id"], "refers_to": ["zzrefers@mail"], "created_at": now}),
        (message_html, {"message_id": message["id"], "html": "<b>zzhtml</b>"}),
        (outbox, {"id": "out_1", "topic": "test", "target": known, "lane": this, "seq": 1, "state": "queued",
                  "body": {"text": "zzreply"}, "error": "zzerror", "attempts": 1, "due_at": now + clock.DAY,
                  "created_at": now}),
        (bot_turns, {"id": "turn_1", "conversation_id": this, "bot": "openai", "state": "open", "after_seq": 0,
                     "upto_seq": 1, "started_at": now, "attempts": 0, "articles": [], "error": "zzerror"}),
        (escalations, {"id": "esc_1", "conversation_id": this, "at": now, "trigger": "request", "reason": "zzcard",
                       "tried": 1, "articles": []}),
    ]  # fmt: skip
    async with transaction(house.core, system(ws, "Test")) as tx:
        for table, values in rows:
            await tx.run(insert(table).values({"workspace_id": ws} | values))


async def numbers(house: House) -> list[Any]:
    """What the analytics stand on."""
    columns = "id, kind, seq, author_type, author_id, epoch, created_at"
    found = await house.rows(f"SELECT {columns} FROM messages WHERE workspace_id = :ws ORDER BY id")
    spells = "SELECT id, agent_id, epoch, via, started_at FROM claims WHERE workspace_id = :ws ORDER BY id"
    return [*found, *await house.rows(spells)]


async def test_no_word_is_left_and_the_numbers_and_the_chain_stay(house: House, settings: Settings) -> None:
    conversation = await told_by_people(house)
    await told_by_channels(house, conversation)
    found = {each.split(": ")[1] for each in await traces(house, settings.data_dir, *WORDS)}
    assert found == set(WORDS), "the test must plant every word"
    before = await numbers(house)
    contact = conversation["contact"]["id"]
    erased = await house.ada.post(f"/contacts/{contact}/erase", {"confirm": True})
    assert erased.status_code == 200, erased.text
    known = {name: erased.json()[name] for name in ("name", "email", "phone", "external_id")}
    assert known == {"name": "Erased contact", "email": None, "phone": None, "external_id": None}
    assert erased.json()["erased_at"] is not None
    assert await traces(house, settings.data_dir, *WORDS) == []
    assert await numbers(house) == before
    rows, bad = await check(house.core.database, house.workspace_id)
    assert (rows > 10, bad) == (True, None)
    for word in WORDS:
        assert (await house.ada.get("/search", q=word)).json()["data"] == [], word
    (tombstone,) = (await house.ada.get("/audit", action="contact.erased")).json()["data"]
    assert (tombstone["target"], tombstone["before"], tombstone["after"]) == (contact, None, None)


async def test_what_was_held_or_open_is_resolved_and_everybody_is_told(house: House) -> None:
    conversation = await told_by_people(house)
    contact = conversation["contact"]["id"]
    (seen,) = await house.rows("SELECT event_seq AS seq FROM counters WHERE workspace_id = :ws")
    assert (await house.olga.post(f"/contacts/{contact}/erase", {"confirm": True})).status_code == 200
    now = await house.read(conversation["id"])
    assert (now["status"], now["assignee"], now["contact"]["name"]) == ("resolved", None, "Erased contact")
    assert (now["subject"], now["preview"]) == (None, None)
    (last, *_) = await house.rows(
        "SELECT ended_as, end_reason FROM claims WHERE conversation_id = :id ORDER BY epoch DESC", id=now["id"]
    )
    assert (last.ended_as, last.end_reason) == ("resolved", "contact_erased")
    kinds = "SELECT kind FROM events WHERE workspace_id = :ws AND seq > :seq ORDER BY seq"
    told = [row.kind for row in await house.rows(kinds, seq=seen.seq)]
    assert told == ["contact.updated", "conversation.resolved", "conversation.updated"]
    (first, *_) = (await house.vic.get(at(now, "messages"))).json()["data"]
    assert (first["text"], first["details"], first["author"]["name"]) == ("", {"erased": True}, "Erased contact")
    history = (await house.vic.get(at(now, "history"))).json()["data"]
    assert [each["kind"] for each in history][-1] == "resolved"
    assert {each["note"] for each in history} == {None}


async def test_only_admins_erase_and_only_when_they_mean_it(house: House, neighbour: House) -> None:
    conversation = await house.conversation()
    path = f"/contacts/{conversation['contact']['id']}/erase"
    limited = await house.person("Limited", "admin", scopes=["contacts:write", "conversations:write"])
    for person in (house.sam, house.vic):
        await refused(house, person.post(path, {"confirm": True}), "forbidden", needs="admin")
    await refused(house, limited.post(path, {"confirm": True}), "forbidden", needs="admin")
    await refused(house, neighbour.olga.post(path, {"confirm": True}), "not_found")
    await refused(house, house.ada.post("/contacts/ctc_x/erase", {"confirm": True}), "not_found")
    for body in ({}, {"confirm": False}, {"confirm": "true"}, {"confirm": 1}, {"confirm": True, "more": 1}, None):
        await refused(house, house.ada.post(path, body), "invalid")


async def test_nothing_is_added_to_an_erased_contact_and_the_customer_comes_back_as_a_new_one(house: House) -> None:
    conversation = await told_by_people(house)
    contact = conversation["contact"]["id"]
    assert (await house.ada.post(f"/contacts/{contact}/erase", {"confirm": True})).status_code == 200
    other = (await house.sam.post("/contacts", {"name": "Bo"})).json()["id"]
    message = {"text": "Hello"}
    for call in (
        house.sam.patch(f"/contacts/{contact}", {"name": "Ana"}),
        house.sam.post(f"/contacts/{contact}/merge", {"into": other}),
        house.sam.post(f"/contacts/{other}/merge", {"into": contact}),
        house.sam.post("/conversations", {"contact": contact, "message": message}),
        house.sam.post("/conversations", {"contact": contact, "direction": "outbound", "text": "Hello"}),
        house.sam.post(at(conversation, "customer-messages"), message),
    ):
        await refused(house, call, "contact_erased")
    again = await house.sam.post("/conversations", {"contact": ANA, "message": message})
    assert again.status_code == 201
    assert again.json()["contact"]["id"] != contact


async def test_an_interrupted_erasure_is_run_again(
    house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await told_by_people(house)
    contact = conversation["contact"]["id"]
    monkeypatch.setattr(erasure, "BATCH", 1)
    erase, calls = erasure._erase_conversations, []

    async def dies(*args: Any) -> list[str]:
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the machine went away")
        return await erase(*args)

    monkeypatch.setattr(erasure, "_erase_conversations", dies)
    answer = await house.ada.post(f"/contacts/{contact}/erase", {"confirm": True})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert await traces(house, settings.data_dir, "zzfirst") != []
    assert (await house.ada.post(f"/contacts/{contact}/erase", {"confirm": True})).status_code == 200
    # A content whose row went before the machine did is found by the sweep for contents without a row.
    left = await traces(house, settings.data_dir, *WORDS)
    assert [each for each in left if "/files/" not in each] == []
    assert len((await house.ada.get("/audit", action="contact.erased")).json()["data"]) == 1
    rows, bad = await check(house.core.database, house.workspace_id)
    assert (rows > 10, bad) == (True, None)


async def test_others_keep_every_word(house: House, neighbour: House, settings: Settings) -> None:
    conversation, theirs = await told_by_people(house), await told_by_people(neighbour)
    kept = await house.conversation("zzkept")
    assert (await house.ada.post(f"/contacts/{conversation['contact']['id']}/erase", {"confirm": True})).is_success
    assert await traces(neighbour, settings.data_dir, "zzname", "zzfirst", "zznote", "zzkey") != []
    assert (await neighbour.read(theirs["id"]))["assignee"]["id"] == neighbour.kim.id
    assert (await house.vic.get("/search", q="zzkept")).json()["data"][0]["conversation_id"] == kept["id"]
