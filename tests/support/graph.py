"""A small server on loopback that speaks the Graph API as WhatsApp does, and what its webhooks look like."""

import asyncio
import email.parser
import email.policy
import hashlib
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import uvicorn

VERSION = "/v26.0"
Made = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (3).to_bytes(4) + (2).to_bytes(4) + b"\x08\x02\x00\x00\x00" + b"." * 40


@dataclass
class Graph:
    """What the server has: numbers with their account and token, media, templates; and what it was sent."""

    url: str = ""
    # Number → its account; all take one token.
    numbers: dict[str, str] = field(default_factory=lambda: {"106540352242922": "102290129340398"})
    token: str = "EAAJB-token"
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    templates: list[Made] = field(default_factory=list)
    sent: list[Made] = field(default_factory=list)
    uploads: list[Made] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    # Answered instead, one after the other, to calls whose path ends so.
    trouble: list[tuple[str, int, Made]] = field(default_factory=list)
    # Awaited after a message was accepted, before the caller hears of it.
    before_answer: Any = None
    # The address that the store's files have, where a test wants another.
    store_url: str = ""
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def fail(self, code: int, message: str, *, status: int = 400, path: str = "/messages", times: int = 1) -> None:
        """The next calls of `path` fail as the Graph API fails."""
        said = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "Az8or2yhqkZ"}
        said["error_data"] = {"messaging_product": "whatsapp", "details": message}
        self.trouble += [(path, status, {"error": said})] * times

    async def answer(self, method: str, path: str, query: Made, headers: Made, body: bytes) -> tuple[int, Made | bytes]:
        """One call."""
        self.asked.append(f"{method} {path}")
        if headers.get("authorization") != f"Bearer {self.token}":
            return 401, {"error": {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}}
        for index, (ends, status, said) in enumerate(self.trouble):
            if path.endswith(ends):
                del self.trouble[index]
                return status, said
        if path.startswith("/store/"):
            return 200, self.media[path.removeprefix("/store/")][1]
        parts = path.removeprefix(VERSION).strip("/").split("/")
        if method == "POST" and parts[0] in self.numbers:
            accept = self._upload if parts[1] == "media" else self._accept
            return await accept(headers, body)
        return self._read(parts, query)

    def _read(self, parts: list[str], query: Made) -> tuple[int, Made]:
        if parts[-1] == "message_templates":
            return 200, self._page(query)
        if parts[0] in self.media:
            mime, content = self.media[parts[0]]
            url = self.store_url or f"{self.url.removesuffix(VERSION)}/store/{parts[0]}"
            told: Made = {"url": url, "mime_type": mime, "sha256": hashlib.sha256(content).hexdigest()}
            return 200, told | {"messaging_product": "whatsapp", "file_size": len(content), "id": parts[0]}
        if parts[0] in self.numbers or parts[0] in self.numbers.values():
            return 200, {"id": parts[0], "display_phone_number": "+1 555-078-3881"}
        said = f"Unsupported get request. Object with ID '{parts[0]}' does not exist"
        return 400, {"error": {"message": said, "type": "GraphMethodException", "code": 100, "error_subcode": 33}}

    def _page(self, query: Made) -> Made:
        wanted = [each for each in self.templates if query.get("name", each["name"]) == each["name"]]
        wanted = [each for each in wanted if query.get("status", each["status"]) == each["status"]]
        first, most = int(query.get("after", "0")), int(query.get("limit", "25"))
        page: Made = {
            "data": wanted[first : first + most],
            "paging": {"cursors": {"before": "0", "after": str(first + most)}},
        }
        if first + most < len(wanted):
            page["paging"]["next"] = f"{self.url}/next"
        return page

    async def _accept(self, _: Made, body: bytes) -> tuple[int, Made]:
        message = json.loads(body)
        assert message["messaging_product"] == "whatsapp" and message["recipient_type"] == "individual"
        assert message["type"] in message and ("to" in message) != ("recipient" in message)
        wamid = f"wamid.OUT{next(self._ids):06}"
        self.sent.append(message | {"id": wamid})
        if self.before_answer is not None:
            await self.before_answer(self.sent[-1])
        to = message.get("to", message.get("recipient"))
        contact = {"input": to, "wa_id": to.removeprefix("+")}
        return 200, {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": wamid}]}

    async def _upload(self, headers: Made, body: bytes) -> tuple[int, Made]:
        raw = b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body
        document = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(raw)
        found: Made = {"id": f"up{next(self._ids)}"}
        for each in document.iter_parts():
            name = each.get_param("name", header="content-disposition")
            content = each.get_payload(decode=True)
            found[str(name)] = content if name == "file" else content.decode()  # type: ignore[union-attr]
            if name == "file":
                found["filename"] = each.get_filename()
        self.uploads.append(found)
        return 200, {"id": found["id"]}

    async def __call__(self, scope: Made, receive: Any, send: Any) -> None:
        """The ASGI application."""
        if scope["type"] != "http":
            return
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        query = {name: values[0] for name, values in parse_qs(scope["query_string"].decode()).items()}
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        status, said = await self.answer(scope["method"], scope["path"], query, headers, body)
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": content})


@asynccontextmanager
async def serving(graph: Graph) -> AsyncIterator[Graph]:
    """The server, listening on a free port of loopback."""
    server = uvicorn.Server(uvicorn.Config(graph, port=0, log_level="error", ws="none", lifespan="off"))
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
    graph.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}{VERSION}"
    ticking = asyncio.ensure_future(server.main_loop())
    try:
        yield graph
    finally:
        server.should_exit = True
        await ticking
        await server.shutdown()


def text(wamid: str, body: str, at: int, *, phone: str = "16505551234", **more: Any) -> Made:
    """A customer's text, `at` seconds since 1970."""
    return {"from": phone, "id": wamid, "timestamp": str(at), "type": "text", "text": {"body": body}, **more}


def of_kind(wamid: str, kind: str, content: Any, at: int, *, phone: str = "16505551234", **more: Any) -> Made:
    """A customer's message of any kind."""
    return {"from": phone, "id": wamid, "timestamp": str(at), "type": kind, kind: content, **more}


def reaction(wamid: str, target: str, emoji: str | None, at: int, *, phone: str = "16505551234") -> Made:
    """A reaction; without emoji it was taken away."""
    given = {"message_id": target} | ({"emoji": emoji} if emoji else {})
    return of_kind(wamid, "reaction", given, at, phone=phone)


def status(wamid: str, to: str, at: int, *, entry_id: str = "", errors: list[Made] | None = None) -> Made:
    """How far a message of ours is."""
    told: Made = {"id": wamid, "status": to, "timestamp": str(at), "recipient_id": "16505551234"}
    told |= {"pricing": {"billable": False, "pricing_model": "PMP", "category": "service", "type": "free"}}
    if entry_id:
        told["biz_opaque_callback_data"] = entry_id
    return told | ({"errors": errors} if errors else {})


def change(number: str, *, kind: str = "messages", names: dict[str, str] | None = None, **parts: list[Made]) -> Made:
    """What happened to one number: `messages`, `statuses` or `message_echoes`."""
    value: Made = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": number},
    }
    if names:
        value["contacts"] = [{"profile": {"name": name}, "wa_id": wa_id} for wa_id, name in names.items()]
    return {"value": value | parts, "field": kind}


def body_of(*changes: Made, account: str = "102290129340398") -> bytes:
    """A webhook's body."""
    entry = [{"id": account, "changes": list(changes)}]
    return json.dumps({"object": "whatsapp_business_account", "entry": entry}, ensure_ascii=False).encode()
