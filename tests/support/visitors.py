"""A widget and its visitors, as tests use them: pages that call `/widget/v1`, and sockets."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from websockets.asyncio.client import connect

if TYPE_CHECKING:
    import httpx
    from websockets.asyncio.client import ClientConnection

    from tests.support.house import House, Person

SHOP = "https://shop.example"
_numbers = count(1)


def signature(secret: str, subject: str) -> str:
    """What a host page's server computes, written down anew from docs/widget.md."""
    return hmac.new(secret.encode(), subject.encode(), hashlib.sha256).hexdigest()


@dataclass
class Visitor:
    """Somebody on a page that has the widget. Everything that they were ever answered is in `heard`."""

    widget: Widget
    token: str
    origin: str = SHOP
    heard: list[str] = field(default_factory=list)

    async def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Calls the widget's address + path as this visitor's page does."""
        headers = {"Authorization": f"Bearer {self.token}", "Origin": self.origin} | more.pop("headers", {})
        answer = await self.widget.http.request(method, self.widget.path + path, headers=headers, **more)
        self.heard.append(f"{answer.headers} {answer.text}")
        return answer

    async def say(self, text: str = "Where is my order?", **more: Any) -> httpx.Response:
        """Sends a message."""
        body = {"text": text, "client_id": f"client-{next(_numbers)}"} | more
        return await self.call("POST", "/messages", json=body)

    async def says(self, text: str = "Where is my order?", **more: Any) -> dict[str, Any]:
        """Sends a message that is taken, and returns it as the visitor sees it."""
        answer = await self.say(text, **more)
        assert answer.status_code in (200, 201), answer.text
        written: dict[str, Any] = answer.json()["message"]
        return written

    async def reads(self) -> list[dict[str, Any]]:
        """The newest messages that they see."""
        answer = await self.call("GET", "/messages?limit=100")
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def texts(self) -> list[str]:
        """What those say."""
        return [each["text"] for each in await self.reads()]

    async def identify(self, **person: Any) -> httpx.Response:
        """Says who they are; a token that comes back is theirs from then on."""
        answer = await self.call("POST", "/identify", json=person)
        if answer.is_success and answer.json()["token"]:
            self.token = answer.json()["token"]
        return answer


@dataclass
class Widget:
    """A connected widget."""

    id: str
    key: str
    secret: str
    http: httpx.AsyncClient

    @property
    def path(self) -> str:
        """Where its pages call."""
        return f"/widget/v1/{self.key}"

    async def visitor(self, origin: str = SHOP, **more: Any) -> Visitor:
        """Somebody new opens the chat."""
        answer = await self.http.post(f"{self.path}/session", json=more, headers={"Origin": origin})
        assert answer.status_code == 201, answer.text
        return Visitor(self, answer.json()["token"], origin, [answer.text])

    def sign(self, subject: str) -> str:
        """The signature that proves somebody."""
        return signature(self.secret, subject)


async def widget_of(person: Person, http: httpx.AsyncClient | None = None, **settings: Any) -> Widget:
    """Connects a widget as an admin, and makes it a secret."""
    given = {"allowed_origins": [SHOP]} | settings
    made = await person.post("/channels", {"kind": "widget", "name": "Website", "settings": given})
    assert made.status_code == 201, made.text
    secret = await person.post(f"/channels/{made.json()['id']}/identity-secret")
    assert secret.status_code == 200, secret.text
    channel = made.json()
    return Widget(channel["id"], channel["address"], secret.json()["identity_secret"], http or person.http)


async def conversation_of(house: House, view: str = "any", number: int = 0) -> dict[str, Any]:
    """The conversation as the team sees it, the newest first."""
    page = (await house.ada.get("/conversations", view=view, channel="widget")).json()["data"]
    found: dict[str, Any] = page[number]
    return found


class Socket:
    """A visitor's open socket. `told` is every message in the order told, `typing` every change of it."""

    def __init__(self, connection: ClientConnection, visitor: Visitor) -> None:
        self.connection, self.visitor = connection, visitor
        self.told: list[dict[str, Any]] = []
        self.typing: list[bool] = []
        self.resets = 0

    async def send(self, **frame: Any) -> None:
        """Says something."""
        await self.connection.send(json.dumps(frame))

    async def hear(self) -> dict[str, Any]:
        """Takes one frame."""
        text = str(await self.connection.recv())
        self.visitor.heard.append(text)
        frame: dict[str, Any] = json.loads(text)
        if frame["type"] == "messages":
            self.told += frame["messages"]
            self.resets += bool(frame.get("reset"))
        if frame["type"] == "typing":
            self.typing.append(frame["on"])
        return frame

    async def until_told(self, text: str, **more: Any) -> dict[str, Any]:
        """Takes frames until a message with this text, and these members, was told."""
        while True:
            for each in self.told:
                if each["text"] == text and all(each[name] == value for name, value in more.items()):
                    return each
            await self.hear()


@asynccontextmanager
async def connected(url: str, visitor: Visitor, *, after: str | None = None, **more: Any) -> AsyncIterator[Socket]:
    """A socket of this visitor, greeted."""
    address = url.replace("http", "ws", 1) + visitor.widget.path + "/live"
    origin = more.pop("origin", visitor.origin)
    async with connect(address, origin=origin, compression=None, ping_interval=None, proxy=None) as opened:
        socket = Socket(opened, visitor)
        await socket.send(type="hello", token=more.pop("token", visitor.token), after=after)
        yield socket
