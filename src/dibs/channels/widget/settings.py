"""What an admin decides about a widget, and the widget as one kind of channel."""

import re
import secrets
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from dibs.channels.port import Connection, Kind

Language = Literal["en", "es", "de"]
# A host, or an IPv6 address in brackets, and perhaps a port: what browsers send as Origin, in their spelling.
_ORIGIN = re.compile(r"https?://([a-z0-9_]([a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?")
_USUAL_PORT = {"http": ":80", "https": ":443"}
SHORTEST_SECRET, LONGEST_SECRET = 16, 200


def new_key() -> str:
    """A public key: it stands in the pages that have the widget, and is no secret."""
    return f"wk_{secrets.token_hex(12)}"


def new_secret() -> SecretStr:
    """An identity secret: the host page's server signs with it who somebody is."""
    return SecretStr(secrets.token_hex(32))


def _origin(given: str) -> str:
    text = given.strip().lower().rstrip("/")
    scheme = text.partition(":")[0]
    if not _ORIGIN.fullmatch(text):
        raise ValueError("use an origin such as https://shop.example, without a path")
    return text.removesuffix(_USUAL_PORT[scheme])


def _shown_once(languages: list[Language]) -> list[Language]:
    return list(dict.fromkeys(languages))


def _long_enough(secret: SecretStr) -> SecretStr:
    if not SHORTEST_SECRET <= len(secret.get_secret_value()) <= LONGEST_SECRET:
        raise ValueError(f"use {SHORTEST_SECRET} to {LONGEST_SECRET} characters")
    return secret


Line = Annotated[str, Field(max_length=80, strict=True, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, Field(max_length=500, strict=True, pattern=r"^[^\x00]*$")]


class WidgetSettings(BaseModel):
    """A widget. `key` and `identity_secret` are made by the server; the secret is shown once, when it is renewed."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, Field(pattern=r"^wk_[0-9a-f]{24}$")] = Field(default_factory=new_key)
    # Shown in the widget's head; the workspace's name when empty.
    title: Line = ""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] = "#4338ca"
    position: Literal["right", "left"] = "right"
    # The first line of an empty conversation; the widget's own, in the visitor's language, when empty.
    greeting: Text = ""
    # Pages of other origins get nothing. The installation's own pages always may.
    allowed_origins: Annotated[list[Annotated[str, AfterValidator(_origin)]], Field(max_length=100)] = []
    languages: Annotated[list[Language], Field(min_length=1, max_length=10), AfterValidator(_shown_once)] = [
        "en",
        "es",
        "de",
    ]
    # Out of business hours ask for an address to answer to.
    offline_form: Annotated[bool, Field(strict=True)] = True
    identity_secret: Annotated[SecretStr, AfterValidator(_long_enough)] = Field(default_factory=new_secret)


async def _works(_: Connection) -> None:
    """There is nobody to ask: the widget is ours."""


def _key(settings: BaseModel) -> str:
    assert isinstance(settings, WidgetSettings)
    return settings.key


KIND = Kind(name="widget", settings=WidgetSettings, address=_key, verify=_works)
