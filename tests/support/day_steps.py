"""The steps of the scripted day, by theme; every verb that others are told of is among them.

Each name is told before its step: what happened between two names is one step.
"""

from tests.ownership.checks import at
from tests.support.day import ALWAYS, Day, Steps, fail_delivery


async def writing(day: Day) -> Steps:
    sam, ada = day.house.sam, day.house.ada
    yield "a customer writes"
    it = await day.customer("Hola, ¿dónde está mi pedido?", tags=["delivery"], subject="Pedido")
    yield "a reply to what nobody holds pauses the bot"
    await day.did(sam, at(it, "messages"), {"kind": "reply", "text": "Un momento", "client_id": "c-1"})
    yield "the first reply claims"
    await day.did(sam, "/agents/me/preferences", {"auto_claim_on_reply": True}, "PATCH")
    await day.did(sam, at(it, "messages"), {"kind": "reply", "text": "Ya lo miro"})
    yield "the customer answers the holder"
    await day.did(ada, at(it, "customer-messages"), {"text": "Gracias"})
    yield "a note mentions the holder"
    await day.did(ada, at(it, "messages"), {"kind": "note", "text": "@Sam VIP", "mentions": [sam.id]})
    yield "a failed delivery is retried"
    written = await day.did(sam, at(it, "messages"), {"kind": "reply", "text": "Sale hoy"})
    await fail_delivery(day.house, written["message"])
    await day.did(sam, at(it, f"messages/{written['message']['id']}/retry"))
    yield "a reply that resolves"
    await day.did(sam, at(it, "messages"), {"kind": "reply", "text": "Entregado", "then": "resolve"})
    yield "the customer comes back to what was closed"
    await day.did(ada, at(it, "customer-messages"), {"text": "¿Y la factura?"})
    yield "an agent writes first"
    outbound = {"contact": {"name": "Ana Ruiz", "email": "ana@example.com"}, "direction": "outbound", "text": "Hello"}
    await day.did(sam, "/conversations", outbound)
    yield "an admin takes over and sends"
    theirs = await day.held()
    await day.did(ada, at(theirs, "messages"), {"kind": "reply", "text": "I answer", "take_over": True})
    yield "a customer asks for a person"
    asks = await day.customer("A human please")
    yield "and gets one"
    await day.did(ada, at(asks, "resolve"))


async def claiming(day: Day) -> Steps:
    sam, kim, ada = day.house.sam, day.house.kim, day.house.ada
    yield "a claim"
    it = await day.customer()
    await day.did(sam, at(it, "claim"))
    yield "a claim undone"
    await day.did(sam, at(it, "release"), {"undo": True})
    yield "a release with its reason"
    await day.did(sam, at(it, "claim"))
    await day.did(sam, at(it, "release"), {"reason": "shift_end"})
    yield "handing back what one holds, then what nobody holds"
    await day.did(sam, at(it, "claim"))
    await day.did(sam, at(it, "hand-back"))
    await day.did(kim, at(it, "messages"), {"kind": "reply", "text": "Hi"})
    await day.did(kim, at(it, "hand-back"))
    yield "claim next"
    await day.did(kim, "/conversations/claim-next")
    yield "a reassignment with a note"
    mine = await day.held()
    await day.did(sam, at(mine, "reassign"), {"agent_id": kim.id, "note": "She knows him"})
    yield "an assignment beyond the limit"
    free = await day.customer()
    await day.did(ada, at(free, "reassign"), {"agent_id": sam.id, "override_limit": True})
    yield "a forced release"
    await day.did(ada, at(free, "force-release"), {"reason": "Sam is ill"})
    yield "observing"
    await day.did(sam, at(mine, f"observers/{sam.id}"), None, "PUT")
    await day.did(ada, at(mine, f"observers/{sam.id}"), None, "DELETE")


async def asking(day: Day) -> Steps:
    sam, kim = day.house.sam, day.house.kim
    yield "a take-over declined"
    it = await day.held()
    asked = await day.did(kim, at(it, "takeover-requests"), {"note": "May I?"})
    await day.did(sam, f"/takeover-requests/{asked['id']}/decline", {"reason": "Nearly done"})
    yield "a take-over withdrawn"
    asked = await day.did(kim, at(it, "takeover-requests"))
    await day.did(kim, f"/takeover-requests/{asked['id']}/cancel")
    yield "a take-over that nobody answers"
    await day.did(kim, at(it, "takeover-requests"))
    day.hands.move(minutes=6)
    await day.sweep()
    yield "a take-over accepted, and with it another lapsed"
    await day.did(day.house.ada, at(it, "takeover-requests"))
    asked = await day.did(kim, at(it, "takeover-requests"))
    await day.did(sam, f"/takeover-requests/{asked['id']}/accept", {"note": "All yours"})


async def closing(day: Day) -> Steps:
    sam, ada = day.house.sam, day.house.ada
    yield "resolved with a note, reopened, resolved, archived"
    it = await day.held()
    await day.did(sam, at(it, "resolve"), {"note": "Refunded"})
    await day.did(sam, at(it, "reopen"))
    await day.did(sam, at(it, "resolve"))
    await day.did(sam, at(it, "archive"))
    yield "reopened and claimed"
    await day.did(sam, at(it, "reopen"), {"claim": True})
    yield "snoozed, and woken by the customer"
    await day.did(sam, at(it, "snooze"), ALWAYS)
    await day.did(ada, at(it, "customer-messages"), {"text": "One more thing"})
    yield "snoozed until a time, which comes"
    await day.did(sam, at(it, "snooze"), {"until": "2026-01-20T00:00:00Z"})
    day.hands.move(days=20)
    await day.sweep()
    yield "snoozed and woken by hand"
    await day.did(sam, at(it, "snooze"), ALWAYS)
    await day.did(sam, at(it, "wake"))
    yield "edited"
    changes = {"priority": "urgent", "tags": ["billing", "vip"], "subject": "Refund", "language": "es"}
    await day.did(sam, f"/conversations/{it['id']}", changes, "PATCH")


async def many(day: Day) -> Steps:
    sam, kim = day.house.sam, day.house.kim
    yield "many claimed, tagged, handed on, released, snoozed, resolved"
    some = {"conversation_ids": [(await day.customer())["id"] for _ in range(3)]}
    await day.did(sam, "/conversations/bulk/claim", some)
    await day.did(sam, "/conversations/bulk/tag", some | {"add": ["vip"]})
    await day.did(sam, "/conversations/bulk/reassign", some | {"agent_id": kim.id, "note": "Please"})
    await day.did(kim, "/conversations/bulk/release", some | {"reason": "other"})
    await day.did(sam, "/conversations/bulk/snooze", some | ALWAYS)
    await day.did(sam, "/conversations/bulk/resolve", some | {"note": "Done"})


async def ageing(day: Day) -> Steps:
    sam, ada = day.house.sam, day.house.ada
    yield "stale, and cleared by work"
    it = await day.held()
    day.hands.move(minutes=31)
    await day.sweep()
    await day.did(sam, "/agents/me/heartbeat")
    yield "stale, warned and released"
    await day.did(ada, "/workspace/settings", {"auto_release_enabled": True}, "PATCH")
    for minutes in (31, 87.5, 2.5):
        day.hands.move(minutes=minutes)
        await day.sweep()
    yield "resolved after a long silence"
    settings = {"auto_release_enabled": False, "auto_resolve_enabled": True, "auto_resolve_after_days": 2}
    await day.did(ada, "/workspace/settings", settings, "PATCH")
    await day.did(sam, at(it, "claim"))
    day.hands.move(days=3)
    await day.sweep()
    await day.did(ada, "/workspace/settings", {"auto_resolve_enabled": False}, "PATCH")


async def arranging(day: Day) -> Steps:
    sam, kim, ada = day.house.sam, day.house.kim, day.house.ada
    yield "an agent goes away and changes their preferences"
    await day.did(sam, "/agents/me/heartbeat", {"availability": "away"})
    await day.did(sam, "/agents/me/preferences", {"theme": "dark"}, "PATCH")
    yield "a pool and a tag"
    pool = await day.did(ada, "/pools", {"name": "Billing", "members": [kim.id], "conditions": {"tags": ["billing"]}})
    await day.did(ada, f"/pools/{pool['id']}", {"name": "Money"}, "PATCH")
    await day.did(ada, f"/pools/{pool['id']}", None, "DELETE")
    tag = await day.did(ada, "/tags", {"name": "made"})
    await day.did(ada, f"/tags/{tag['id']}", {"name": "renamed"}, "PATCH")
    await day.did(ada, f"/tags/{tag['id']}", None, "DELETE")
    yield "a customer gets another name"
    known = await day.held()
    await day.did(ada, f"/contacts/{known['contact']['id']}", {"name": "Ana Ruiz Soler"}, "PATCH")
    yield "a member is removed, with what they hold and asked for"
    mine, theirs = await day.held(), await day.held(kim)
    await day.did(kim, at(mine, "takeover-requests"))
    await day.did(sam, at(theirs, "takeover-requests"))
    await day.did(ada, f"/agents/{kim.id}", None, "DELETE")


# Ageing first: later everybody holds something, and all of it would age.
THEMES = (ageing, writing, claiming, asking, closing, many, arranging)
