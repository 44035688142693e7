"""A workspace with a connected WhatsApp number: customers write by signed webhooks, agents answer over the API."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from dibs.channels.whatsapp.signatures import sign
from tests.support.graph import Graph, body_of, change, text
from tests.support.house import House

NUMBER, ACCOUNT = "106540352242922", "102290129340398"
PHONE = "16505551234"
PATH = "/channels/whatsapp/webhook"
PATIENCE_SECONDS = 20
Made = dict[str, Any]


@dataclass
class Line:
    """A connected number."""

    house: House
    graph: Graph
    channel: Made
    number: str = NUMBER
    secret: str = "app-secret"
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.house.core.doorbell.listen(lambda *_: self.changed.set())

    async def post(self, body: bytes, signature: str | None = None) -> httpx.Response:
        """A webhook, signed as it should be unless said otherwise."""
        headers = {"x-hub-signature-256": signature or sign(body, self.secret), "content-type": "application/json"}
        return await self.house.http.post(PATH, content=body, headers=headers)

    async def tell(self, **parts: Any) -> None:
        """A webhook about this number, which is taken."""
        answer = await self.post(body_of(change(self.number, **parts)))
        assert (answer.status_code, answer.content) == (200, b""), answer.text

    async def write(self, body: str = "Hello", wamid: str = "wamid.IN1", *, ago: int = 0, phone: str = PHONE) -> Made:
        """A customer writes a text; the conversation that it is in."""
        at = int(time.time()) - ago
        await self.tell(messages=[text(wamid, body, at, phone=phone)], names={phone: "Sheena Nelson"})
        return await self.conversation(wamid)

    async def conversation(self, wamid: str) -> Made:
        """The conversation that has a message of WhatsApp's."""
        rows = await self.house.rows(
            "SELECT conversation_id FROM messages WHERE workspace_id = :ws AND external_id = :wamid", wamid=wamid
        )
        return await self.house.read(rows[0].conversation_id)

    async def thread(self, conversation: Made) -> list[Made]:
        """Its messages, in order."""
        answer = await self.house.ada.get(f"/conversations/{conversation['id']}/messages")
        assert answer.status_code == 200, answer.text
        found: list[Made] = answer.json()["data"]
        return found

    async def message(self, message_id: str) -> Made:
        """One message as it is now."""
        rows = await self.house.rows("SELECT conversation_id FROM messages WHERE id = :id", id=message_id)
        thread = await self.thread({"id": rows[0].conversation_id})
        return next(each for each in thread if each["id"] == message_id)

    async def reply(self, conversation: Made, body: str = "We are on it", **more: Any) -> Made:
        """Sam answers."""
        path = f"/conversations/{conversation['id']}/messages"
        answer = await self.house.sam.post(path, {"kind": "reply", "text": body, **more})
        assert answer.status_code == 201, answer.text
        made: Made = answer.json()["message"]
        return made

    async def until(self, told: Callable[[], Awaitable[Any]]) -> Any:
        """Waits until `told` says something true, and returns it: asked after every commit that tells anything."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                self.changed.clear()
                if found := await told():
                    return found
                await self.changed.wait()

    async def delivered(self, message: Made, *to: str) -> Made:
        """Waits until a message is that far."""

        async def is_there() -> Made | None:
            now = await self.message(message["id"])
            return now if now["delivery"] in to else None

        found: Made = await self.until(is_there)
        return found


def settings(graph: Graph, *, number: str = NUMBER, secret: str = "app-secret", **more: Any) -> Made:
    """What an admin types in."""
    return {
        "phone_number_id": number,
        "business_account_id": graph.numbers.get(number, ACCOUNT),
        "access_token": graph.token,
        "app_secret": secret,
        "verify_token": f"verify-{number}",
        "graph_url": graph.url,
    } | more


async def connect(house: House, graph: Graph, *, number: str = NUMBER, secret: str = "app-secret") -> Line:
    """Connects a number."""
    graph.numbers.setdefault(number, ACCOUNT)
    body = {"kind": "whatsapp", "name": f"Line {number}", "settings": settings(graph, number=number, secret=secret)}
    answer = await house.ada.post("/channels", body)
    assert answer.status_code == 201, answer.text
    return Line(house, graph, answer.json(), number, secret)
