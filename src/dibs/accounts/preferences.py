"""An agent's own preferences, with the values of somebody who never chose."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dibs.accounts.fields import ONE_LINE, StrictBool

# A kind of notification, as the notification's `kind` names it. A kind that is not listed is on.
NotificationKind = Annotated[str, Field(pattern=r"^[a-z][a-z_.]{0,59}$")]
Action = Annotated[str, Field(pattern=r"^[a-z][a-z_.-]{0,59}$")]
Keystroke = Annotated[str, Field(max_length=60, pattern=ONE_LINE)]


class Preferences(BaseModel):
    """What an agent decides for themselves. In a change, what is not named stays as it is."""

    # What is sent is sent whole: the OpenAPI document says both.
    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)

    auto_claim_on_reply: StrictBool = Field(False, description="Claim an unclaimed conversation by replying to it.")
    notifications: dict[NotificationKind, StrictBool] = Field(
        {}, max_length=60, description="Kinds switched on or off in the app; merged with those stored."
    )
    keyboard: dict[Action, Keystroke | StrictBool] = Field(
        {}, max_length=200, description="Keys that differ from the usual ones, by action; replaced as a whole."
    )
    locale: Literal["en", "es"] = "en"
    theme: Literal["light", "dark", "system"] = "system"
