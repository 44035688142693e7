"""A made-up history of a WhatsApp number: what happened, in order, and ways to tell it in any other."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.support.graph import Graph, body_of, change, of_kind, reaction, status, text

Made = dict[str, Any]
PHONES = tuple(f"3460000000{n}" for n in range(5))
REPLIES = 8
EMOJIS = ("👍", "❤️", "🙏", None)
# Ways that a message of ours can go.
FATES = (("sent",), ("sent", "delivered"), ("sent", "delivered", "read"), ("sent", "read"), ("sent", "failed"))


@dataclass(frozen=True)
class Happening:
    """One event. `accepted`: WhatsApp takes reply number `ours`, and our own call returns; it is told once."""

    kind: str
    content: Made
    ours: int = -1


def history(dice: random.Random, events: int) -> list[Happening]:
    """So many events, each at a second of its own, all in the last hours."""
    at = int(time.time()) - events - 3_600
    known = [f"wamid.FIRST{phone}" for phone in PHONES]
    ours = list(range(len(PHONES) * REPLIES))
    dice.shuffle(ours)
    made: list[Happening] = []
    while len(made) < events:
        phone = dice.choice(PHONES)
        at += 1
        chance = dice.random()
        if chance < 0.15 and ours:
            number = ours.pop()
            made.append(Happening("accepted", {}, number))
            known.append(f"wamid.OUT{number}")
            made += [_told(number, to, at, dice) for to in dice.choice(FATES)]
        elif chance < 0.35:
            of_one = [each for each in known if each.endswith(phone) or "OUT" in each]
            made.append(
                Happening(
                    "messages", reaction(f"wamid.E{at}", dice.choice(of_one), dice.choice(EMOJIS), at, phone=phone)
                )
            )
        else:
            wamid = f"wamid.M{at}x{phone}"
            made.append(_written(wamid, at, phone, dice, known))
            known.append(wamid)
    return made[:events]


def _told(number: int, to: str, at: int, dice: random.Random) -> Happening:
    errors = [{"code": 131026, "title": "Message undeliverable"}] if to == "failed" else None
    told = status(f"wamid.OUT{number}", to, at, errors=errors)
    return Happening("statuses", told | ({"biz_opaque_callback_data": "?"} if dice.random() < 0.4 else {}), number)


def _written(wamid: str, at: int, phone: str, dice: random.Random, known: list[str]) -> Happening:
    if (chance := dice.random()) < 0.1:
        return Happening("messages", of_kind(wamid, "image", {"id": "pic", "mime_type": "image/png"}, at, phone=phone))
    if chance < 0.2:
        where = {"latitude": at % 90, "longitude": 2.5}
        return Happening("messages", of_kind(wamid, "location", where, at, phone=phone))
    if chance < 0.3:
        echo = of_kind(wamid, "text", {"body": f"From our phone at {at}"}, at)
        return Happening("message_echoes", {**echo, "from": "15550783881", "to": phone})
    more = {"context": {"from": phone, "id": dice.choice(known)}} if chance < 0.5 else {}
    return Happening("messages", text(wamid, f"Said at {at} by {phone}", at, phone=phone, **more))


def retold(dice: random.Random, happened: Sequence[Happening]) -> list[list[Happening]]:
    """The same, each up to five times, in any order, split and merged into batches of any size."""
    told = [each for each in happened for _ in range(1 if each.kind == "accepted" else dice.choice((1, 1, 1, 2, 3, 5)))]
    dice.shuffle(told)
    batches: list[list[Happening]] = []
    while told:
        size = dice.choice((1, 1, 2, 5, 20, 60))
        batches.append(told[:size])
        del told[:size]
    return batches


def webhook(number: str, batch: Sequence[Happening], entries: dict[int, str], dice: random.Random) -> bytes:
    """A batch as Meta may send it: in one change or in several."""
    changes: list[Made] = []
    for each in batch:
        content = each.content
        if "biz_opaque_callback_data" in content:
            content = content | {"biz_opaque_callback_data": entries[each.ours]}
        field = "smb_message_echoes" if each.kind == "message_echoes" else "messages"
        last = changes[-1] if changes and dice.random() < 0.7 else None
        if last is not None and each.kind in last["value"]:
            last["value"][each.kind].append(content)
        else:
            changes.append(change(number, kind=field, **_part(each.kind, content)))
    return body_of(*changes)


def _part(kind: str, content: Made) -> Any:
    return {kind: [content]}


def with_a_picture(graph: Graph, content: bytes) -> None:
    """Lets the Graph API have the one picture that everybody sends."""
    graph.media["pic"] = ("image/png", content)


def ids_in_order(happened: Sequence[Happening], phone: str) -> list[str]:
    """What one customer and our own phone wrote, in the order in which it was written."""
    written = [each.content for each in happened if each.kind in ("messages", "message_echoes")]
    theirs = [each for each in written if phone in (each["from"], each.get("to")) and each["type"] != "reaction"]
    return [each["id"] for each in sorted(theirs, key=lambda each: int(each["timestamp"]))]


def furthest(happened: Sequence[Happening]) -> dict[str, str]:
    """How far each message of ours was told to be that WhatsApp took."""
    order = ("sent", "failed", "delivered", "read")
    taken = {f"wamid.OUT{each.ours}" for each in happened if each.kind == "accepted"}
    found = dict.fromkeys(taken, "sent")
    for each in happened:
        if each.kind == "statuses" and (wamid := each.content["id"]) in taken:
            found[wamid] = max(found[wamid], each.content["status"], key=order.index)
    return found
