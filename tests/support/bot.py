"""A house with a bot: articles to answer from, turns to answer, and a way to wait for what the bot does."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.house import House, Person

RETURNS = """# Returns

## How to return an item
You can return any item within 30 days. Print the label from your account and bring the parcel to a post office.

## Refunds
Refunds are paid to the card you used, five days after we received the parcel. See [our terms](https://shop.example/terms).
"""
SHIPPING = """# Shipping

Shipping within Europe takes three to five working days and costs 4.90 euros. Orders above 50 euros ship for free.
"""
ENVIOS = """# Envíos

El envío dentro de España tarda de dos a tres días laborables y cuesta 3,90 euros.
"""
CLAIMS = """# Legal claims

Damage, injury and legal claims are handled by our lawyers.
"""


class Bell:
    """Rung by every commit."""

    def __init__(self, house: House) -> None:
        self._rung = asyncio.Event()
        house.core.doorbell.listen(lambda _workspace, _cursor: self._rung.set())

    async def until(self, found: Callable[[], Awaitable[Any]]) -> Any:
        """Looks after every commit until `found()` gives something, which it returns."""
        async with asyncio.timeout(20):
            while True:
                self._rung.clear()
                if result := await found():
                    return result
                await self._rung.wait()


class Bot:
    """The bot of a house, seen from outside."""

    def __init__(self, house: House, person: Person, bell: Bell) -> None:
        self.house, self.person, self.bell = house, person, bell

    async def article(self, body: str, **more: Any) -> dict[str, Any]:
        """An article, titled by its first line."""
        title = body.splitlines()[0].removeprefix("# ")
        answer = await self.house.ada.post("/articles", {"title": title, "body": body, "language": "en"} | more)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def settings(self, **bot: Any) -> None:
        """Changes the workspace's bot."""
        await self.house.settings(bot=bot)

    async def open_turns(self) -> list[dict[str, Any]]:
        """The turns that wait for an external bot."""
        answer = await self.person.get("/bot-turns", state="open")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found

    async def turn(self) -> dict[str, Any]:
        """The only open turn."""
        (found,) = await self.open_turns()
        return found

    async def reply(self, turn: dict[str, Any], text: str = "From the bot", **more: Any) -> dict[str, Any]:
        """Answers a turn, which must be taken."""
        answer = await self.person.post(f"/bot-turns/{turn['id']}/reply", {"text": text} | more)
        assert answer.status_code == 201, answer.text
        written: dict[str, Any] = answer.json()
        return written

    async def refused(self, turn_id: str, **more: Any) -> dict[str, Any]:
        """Answers a turn that must be refused with `bot_paused`."""
        answer = await self.person.post(f"/bot-turns/{turn_id}/reply", {"text": "Too late"} | more)
        assert (answer.status_code, answer.json()["code"]) == (409, "bot_paused"), answer.text
        problem: dict[str, Any] = answer.json()
        return problem

    async def said(self, conversation: dict[str, Any]) -> list[dict[str, Any]]:
        """What bots have said in a conversation."""
        page = await self.house.ada.get(f"/conversations/{conversation['id']}/messages", limit=100)
        return [each for each in page.json()["data"] if each["kind"] == "bot"]

    async def until_said(self, conversation: dict[str, Any], number: int = 1) -> list[dict[str, Any]]:
        """Waits until bots have said so many things."""

        async def enough() -> list[dict[str, Any]]:
            said = await self.said(conversation)
            return said if len(said) >= number else []

        found: list[dict[str, Any]] = await self.bell.until(enough)
        return found

    async def until_escalated(self, conversation: dict[str, Any]) -> dict[str, Any]:
        """Waits until people are to go on; the hand-off card."""

        async def card() -> dict[str, Any] | None:
            answer = await self.house.sam.get(f"/conversations/{conversation['id']}/handoff")
            return answer.json() if answer.status_code == 200 and answer.json()["cleared_at"] is None else None

        found: dict[str, Any] = await self.bell.until(card)
        return found

    async def card(self, conversation: dict[str, Any]) -> dict[str, Any]:
        """The hand-off card, which must be there."""
        answer = await self.house.sam.get(f"/conversations/{conversation['id']}/handoff")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found
