"""A channel of a made-up provider: what it is handed it remembers, and it fails when told to."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr
from sqlalchemy import insert, select

from dibs import clock, ids
from dibs.actor import system
from dibs.channels.port import ChannelRefused, Connection, Kind, Outgoing, Sent
from dibs.channels.tables import channels
from dibs.tx import transaction
from tests.support.house import House


class PigeonSettings(BaseModel):
    """What an admin types in to keep pigeons."""

    model_config = ConfigDict(extra="forbid")

    loft: str
    password: SecretStr


@dataclass
class Pigeons:
    """The provider. It goes by the name of a kind that the schema knows."""

    password: str = "coo"
    flown: list[tuple[str, str]] = field(default_factory=list)
    trouble: Exception | None = None

    async def verify(self, connection: Connection) -> None:
        settings = connection.settings
        assert isinstance(settings, PigeonSettings)
        if settings.password.get_secret_value() != self.password:
            raise ChannelRefused("The loft does not know this password. Type it in again.")

    async def send(self, outgoing: Outgoing) -> Sent:
        if self.trouble is not None:
            raise self.trouble
        self.flown.append((outgoing.entry_id, outgoing.message.text))
        return Sent(external_id=f"pigeon-{outgoing.message.id}")

    @property
    def kind(self) -> Kind:
        return Kind(name="whatsapp", settings=PigeonSettings, address=_loft, verify=self.verify, send=self.send)

    def settings(self, loft: str = "north", **more: Any) -> dict[str, Any]:
        """What one types in to connect."""
        return {"loft": loft, "password": self.password} | more


def _loft(settings: BaseModel) -> str:
    assert isinstance(settings, PigeonSettings)
    return settings.loft


async def channel(house: House, kind: str = "whatsapp") -> Any:
    """A connected channel as a row, of no provider at all: nothing leaves by it."""
    values = {
        "workspace_id": house.workspace_id,
        "id": ids.new("chn"),
        "kind": kind,
        "name": "Connected",
        "address": house.workspace_id,
        "settings": {},
        "secrets": "",
        "active": True,
        "created_at": clock.now(),
        "updated_at": clock.now(),
    }
    async with transaction(house.core, system(house.workspace_id, "Test")) as tx:
        await tx.run(insert(channels).values(values))
        (row,) = await tx.run(select(channels).where(channels.c.id == values["id"]))
    return row
