"""How the demo's customers write: on the web page, on WhatsApp, by mail, or through a program on the API channel."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from dibs.demo.outside import ACCOUNT, ADDRESS, APP_SECRET, NUMBER, TOKEN, VERIFY_TOKEN, Outside
from dibs.ids import new
from dibs.seeding.cast import Member
from dibs.seeding.texts import Story

# Numbers kept free for such use, one each.
FIRST_NUMBER = 15_550_110_000


@dataclass
class Customer:
    """Somebody with a matter, who writes on one channel."""

    number: int
    name: str
    channel: str
    story: Story
    # The visitor's token, on the web page.
    token: str = ""
    # On the API channel, the conversation.
    conversation_id: str = ""

    @property
    def email(self) -> str:
        """Where mail reaches them."""
        return f"demo{self.number}@customers.example.com"


@dataclass
class Doors:
    """The ways in: Dibs itself and what is outside of it."""

    client: httpx.AsyncClient
    outside: Outside
    widget_key: str
    owner: Member

    async def write(self, customer: Customer, text: str, tags: list[str]) -> None:
        """Writes on the customer's channel, as from outside."""
        if customer.channel == "whatsapp":
            await self.outside.whatsapp(f"+{FIRST_NUMBER + customer.number}", customer.name, text)
        elif customer.channel == "email":
            await self.outside.mail(customer.email, customer.name, f"Order {customer.story.number}", text)
        elif customer.channel == "widget":
            await self._on_the_page(customer, text)
        else:
            await self._by_program(customer, text, tags)

    async def _on_the_page(self, customer: Customer, text: str) -> None:
        path = f"/widget/v1/{self.widget_key}"
        if not customer.token:
            began = {"page_url": "https://shop.example/coffee", "language": customer.story.language}
            started = (await self.client.post(f"{path}/session", json=began)).raise_for_status()
            customer.token = started.json()["token"]
        body: dict[str, Any] = {"text": text, "client_id": secrets.token_hex(8), "person": {"name": customer.name}}
        headers = {"Authorization": f"Bearer {customer.token}"}
        (await self.client.post(f"{path}/messages", json=body, headers=headers)).raise_for_status()

    async def _by_program(self, customer: Customer, text: str, tags: list[str]) -> None:
        headers = {"Authorization": f"Bearer {self.owner.key}"}
        message = {"text": text, "external_id": new("msg")}
        if customer.conversation_id:
            path = f"/v1/conversations/{customer.conversation_id}/customer-messages"
            (await self.client.post(path, json=message, headers=headers)).raise_for_status()
            return
        known = {"external_id": f"demo-{customer.number}", "name": customer.name, "email": customer.email}
        body = {"contact": known, "message": message, "tags": tags}
        made = (await self.client.post("/v1/conversations", json=body, headers=headers)).raise_for_status()
        customer.conversation_id = made.json()["id"]


async def connect(client: httpx.AsyncClient, outside: Outside, owner: Member) -> str:
    """Connects the demo's three channels, or those of an earlier demo again; returns the widget's public key."""
    headers = {"Authorization": f"Bearer {owner.key}"}
    there = {each["kind"]: each for each in (await client.get("/v1/channels", headers=headers)).json()["data"]}
    for kind, name, settings in _channels(outside):
        if kind not in there:
            body = {"kind": kind, "name": name, "settings": settings}
            there[kind] = (await client.post("/v1/channels", json=body, headers=headers)).raise_for_status().json()
        elif settings:
            path = f"/v1/channels/{there[kind]['id']}"
            (await client.patch(path, json={"settings": settings}, headers=headers)).raise_for_status()
    return str(there["widget"]["address"])


def _channels(outside: Outside) -> list[tuple[str, str, dict[str, Any]]]:
    whatsapp = {
        "phone_number_id": NUMBER,
        "business_account_id": ACCOUNT,
        "access_token": TOKEN,
        "app_secret": APP_SECRET,
        "verify_token": VERIFY_TOKEN,
        "graph_url": outside.graph_url,
    }
    mail = {"address": ADDRESS, "inbound": "smtp", "smtp_host": "127.0.0.1", "smtp_port": outside.post_port}
    return [
        ("widget", "Web shop", {}),
        ("whatsapp", "WhatsApp", whatsapp),
        ("email", "Help desk", mail | {"smtp_tls": "none"}),
    ]
