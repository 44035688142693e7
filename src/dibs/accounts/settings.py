"""A workspace's settings: typed, validated, and effective at the next transaction in every process."""

from datetime import date
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from dibs.accounts.fields import ONE_LINE, StrictBool

Minutes = Annotated[int, Field(strict=True, ge=1, le=525_600)]
Days = Annotated[int, Field(strict=True, ge=1, le=36_500)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
# These texts end in messages and tags, and PostgreSQL refuses NUL.
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]

# What is sent is sent whole, although a change may leave members out: the OpenAPI document says both.
WHOLE = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


@cache
def _time_zones() -> set[str]:
    # Reads the disk for some 10 ms.
    return available_timezones()


def _real_day(text: str) -> str:
    date.fromisoformat(text)
    return text


class Opening(BaseModel):
    """One stretch of business time on a weekday, in the workspace's time zone; `end` may be 24:00."""

    model_config = ConfigDict(extra="forbid")

    day: Weekday
    start: TimeOfDay
    end: TimeOfDay

    @model_validator(mode="after")
    def _in_order(self) -> "Opening":
        if self.start >= self.end:
            raise ValueError("end must be later than start; split a night over two days")
        return self


class BusinessHours(BaseModel):
    """When the team works. No opening at all means always."""

    model_config = WHOLE

    openings: Annotated[list[Opening], Field(max_length=100)] = []
    # Days off, as YYYY-MM-DD.
    holidays: Annotated[
        list[Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real_day)]],
        Field(max_length=1_000),
    ] = []


Phrases = Annotated[list[Annotated[Text, Field(min_length=1, max_length=200)]], Field(max_length=200)]


class Escalation(BaseModel):
    """What makes the bot step back; each trigger can be switched off."""

    model_config = WHOLE

    on_request: StrictBool = True
    on_low_confidence: StrictBool = True
    on_frustration: StrictBool = True
    on_rule: StrictBool = True
    on_article: StrictBool = True
    # More ways to ask for a person, beside those that the bot knows.
    phrases: Phrases = []
    # More words of somebody who has had enough.
    frustration_phrases: Phrases = []
    # The rule: a conversation with one of these tags, or a message with one of these words, goes to people.
    tags: Annotated[list[Annotated[Text, Field(min_length=1, max_length=60)]], Field(max_length=50)] = []
    words: Phrases = []
    # What the customer is told; nothing if it is empty.
    message: Annotated[Text, Field(max_length=2_000)] = ""


BotKind = Literal["builtin", "openai", "external", "off"]


class Bot(BaseModel):
    """Which bot answers, and within what bounds. The key of a chat endpoint is kept apart, sealed."""

    model_config = WHOLE

    kind: BotKind = "builtin"
    name: Annotated[str, Field(min_length=1, max_length=60, pattern=ONE_LINE)] = "Assistant"
    # Below this confidence, 0 to 1, an answer counts as a guess; the built-in bot then says that it does not know.
    low_confidence: Annotated[float, Field(ge=0, le=1)] = 0.35
    # An OpenAI-compatible chat endpoint, such as https://api.example.com/v1, and what it is told.
    base_url: Annotated[str, Field(max_length=500, pattern=ONE_LINE)] = ""
    model: Annotated[str, Field(max_length=200, pattern=ONE_LINE)] = ""
    instructions: Annotated[Text, Field(max_length=4_000)] = ""
    # Its budget: how many turns it is asked in any 24 hours, and how long an answer may be.
    max_answers_per_day: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] = 1_000
    max_tokens: Annotated[int, Field(strict=True, ge=16, le=4_000)] = 500

    @field_validator("base_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc):
            raise ValueError("use an address that begins with https://, without a password in it")
        return url.rstrip("/")


class SettingsChanges(BaseModel):
    """Some of a workspace's settings. What a change does not name stays as it is."""

    model_config = ConfigDict(extra="forbid", validate_default=False)

    max_claims_per_agent: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 20
    auto_claim_default: StrictBool = False
    pause_bot_on_claim: StrictBool = True
    stale_after_minutes: Minutes = 30
    auto_release_enabled: StrictBool = False
    auto_release_after_minutes: Minutes = 120
    auto_resolve_enabled: StrictBool = False
    auto_resolve_after_days: Days = 7
    audit_retention_days: Days = 365
    takeover_timeout_minutes: Minutes = 5
    show_agent_name: StrictBool = False
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]], Field(min_length=1, max_length=100)] = [
        "en",
        "es",
        "de",
        "fr",
        "pt",
        "it",
    ]
    time_zone: str = "UTC"
    business_hours: BusinessHours = BusinessHours()
    escalation: Escalation = Escalation()
    bot: Bot = Bot()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in _time_zones():
            raise ValueError("use a name from the IANA list, such as Europe/Madrid")
        return name


class WorkspaceSettings(SettingsChanges):
    """Everything a workspace decides, with the defaults of a new one."""

    model_config = WHOLE

    @field_validator("bot")
    @classmethod
    def _endpoint_is_known(cls, bot: Bot) -> Bot:
        if bot.kind == "openai" and not (bot.base_url and bot.model):
            raise ValueError("a chat endpoint needs base_url and model")
        return bot

    @model_validator(mode="after")
    def _release_after_flag(self) -> "WorkspaceSettings":
        if self.auto_release_after_minutes < self.stale_after_minutes:
            raise ValueError("auto_release_after_minutes must not be less than stale_after_minutes")
        return self
