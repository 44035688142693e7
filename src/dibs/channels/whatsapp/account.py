"""What an admin types in to connect a WhatsApp number, and whether WhatsApp accepts it."""

from typing import Annotated, cast

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from dibs.channels.port import ChannelRefused, Connection
from dibs.channels.whatsapp import graph
from dibs.outbound import refuse_bad_target

# The newest version when this was written; Meta keeps each for two years.
GRAPH_URL = "https://graph.facebook.com/v26.0"

MetaId = Annotated[str, Field(pattern=r"^[0-9]{1,32}$")]
Token = Annotated[SecretStr, Field(min_length=1, max_length=1_000)]


class Account(BaseModel):
    """One number of a WhatsApp Business account. A workspace may connect several, each as a channel of its own."""

    model_config = ConfigDict(extra="forbid")

    phone_number_id: MetaId
    business_account_id: MetaId
    # A system user's, with whatsapp_business_messaging and whatsapp_business_management.
    access_token: Token
    # Of the app that the webhooks come from: they are signed with it.
    app_secret: Token
    # Made up by the admin, and typed in at Meta as well: it says that the webhook's address is ours.
    verify_token: Token
    graph_url: Annotated[str, Field(max_length=300)] = GRAPH_URL

    @field_validator("graph_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        refuse_bad_target(url, field="settings.graph_url")
        return url.rstrip("/")


def account(connection: Connection) -> Account:
    """The settings of a connected number."""
    return cast("Account", connection.settings)


def address(settings: BaseModel) -> str:
    """By what webhooks name the number."""
    return cast("Account", settings).phone_number_id


async def verify(connection: Connection) -> None:
    """Asks WhatsApp for the number and its account. Refuses with 422 and WhatsApp's own words."""
    settings = account(connection)
    try:
        fields = {"fields": "id,display_phone_number"}
        number = await graph.call(connection, "GET", settings.phone_number_id, params=fields)
        await graph.call(connection, "GET", settings.business_account_id, params={"fields": "id"})
    except graph.GraphError as error:
        raise ChannelRefused(f"WhatsApp says: {error.detail}") from None
    except (httpx.HTTPError, OSError) as error:
        raise ChannelRefused(f"WhatsApp cannot be reached: {type(error).__name__}. Try again.") from None
    if str(number.get("id")) != settings.phone_number_id:
        raise ChannelRefused("WhatsApp answers with another number. Look at the phone number id again.")
