"""A channel of a made-up provider: what it is handed it remembers, and it fails when told to."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr

from dibs.channels.port import ChannelRefused, Connection, Kind, Outgoing, Sent


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
