"""What requests about conversations may say. Unknown fields are refused; an `epoch` is an optional guard everywhere."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from dibs.conversations.filters import Moment
from dibs.conversations.messages import LONGEST_TEXT
from dibs.files.sending import MOST as MOST_FILES
from dibs.pools.shapes import Channel, Priority

Epoch = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Flag = Annotated[bool, Field(strict=True)]
Note = Annotated[str, Field(min_length=1, max_length=4_000)]
ShortNote = Annotated[str, Field(min_length=1, max_length=2_000)]
Reason = Annotated[str, Field(min_length=1, max_length=500)]
MessageText = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]
# Files may speak for themselves.
TextBesideFiles = Annotated[str, Field(max_length=LONGEST_TEXT)]
Key = Annotated[str, Field(min_length=1, max_length=200)]
AnyId = Annotated[str, Field(min_length=1, max_length=100)]
Attachments = Annotated[list[AnyId], Field(max_length=MOST_FILES, description="Files that were brought in before.")]
Tag = Annotated[str, Field(min_length=1, max_length=60)]
Tags = Annotated[list[Tag], Field(max_length=50)]
ReleaseReason = Literal["shift_end", "wrong_person", "customer_silent", "other"]


class Body(BaseModel):
    """A request body."""

    model_config = ConfigDict(extra="forbid")


class Guard(Body):
    """An empty body, or the epoch that the caller believes in."""

    epoch: Epoch | None = None


class Release(Guard):
    hand_back: Flag = False
    reason: ReleaseReason | None = None
    undo: Flag = False


class Reassign(Guard):
    agent_id: AnyId
    note: Note | None = None
    override_limit: Flag = False


class ForceRelease(Guard):
    reason: Reason | None = None


class Resolve(Guard):
    note: ShortNote | None = None


class Reopen(Guard):
    claim: Flag = False


def _in_words(value: Any) -> Any:
    # A number would be taken for seconds since 1970.
    if value is not None and not (isinstance(value, str) and "T" in value.upper()):
        raise ValueError("use ISO 8601 with a zone, such as 2026-08-22T10:00:00Z")
    return value


class SnoozeUntil(Body):
    until: Annotated[Moment | None, BeforeValidator(_in_words)] = None
    until_customer_replies: Flag = False

    @model_validator(mode="after")
    def _one_of_them(self) -> "SnoozeUntil":
        if (self.until is not None) == self.until_customer_replies:
            raise ValueError("give either until, a time in the future, or until_customer_replies: true")
        return self


class Snooze(SnoozeUntil):
    epoch: Epoch | None = None


class AskTakeover(Guard):
    note: ShortNote | None = None
    reason: Reason | None = None


class AnswerTakeover(Guard):
    note: ShortNote | None = None
    reason: Reason | None = None


class Many(Body):
    # How many is for bulk.py to say.
    conversation_ids: list[AnyId]


class ManyRelease(Many):
    hand_back: Flag = False
    reason: ReleaseReason | None = None


class ManyReassign(Many):
    agent_id: AnyId
    note: Note | None = None
    override_limit: Flag = False


class ManyResolve(Many):
    note: ShortNote | None = None


class ManySnooze(SnoozeUntil, Many):
    """Ids and when to come back."""


class ManyTag(Many):
    add: Tags = []
    remove: Tags = []

    @model_validator(mode="after")
    def _something(self) -> "ManyTag":
        if not self.add and not self.remove:
            raise ValueError("give tags to add or to remove")
        return self


class Skipped(Body):
    id: AnyId
    reason: Reason | None = None


class ClaimNext(Body):
    view: Literal["unclaimed"] | None = None
    skip: Annotated[list[Skipped], Field(max_length=200)] = []


class Edit(Body):
    """PATCH: never ownership or status."""

    tags: Tags | None = None
    priority: Priority | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    subject: Annotated[str, Field(max_length=300)] | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "Edit":
        if any(name in self.model_fields_set and getattr(self, name) is None for name in ("tags", "priority")):
            raise ValueError("tags and priority cannot be null; leave them out to keep them")
        return self


class TemplateChoice(Body):
    """A message template of the channel's, by name and language, and what to fill in for its variables, in order."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,512}$")]
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(_[A-Za-z]{2,4})?$")]
    # The channel refuses line breaks in them.
    variables: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=1_024, pattern=r"^[^\x00-\x1f]*\S[^\x00-\x1f]*$")]],
        Field(max_length=40),
    ] = []


def _one_text(text: str | None, others: ValidationInfo) -> str | None:
    _refuse_nothing(text, others.data.get("attachments", ()), others.data.get("template"))
    return text


def _refuse_nothing(text: str | None, attachments: Sequence[str], template: TemplateChoice | None) -> None:
    if template is not None and text is not None:
        raise ValueError("give text, or for a reply on WhatsApp a template, not both")
    if template is None and not attachments and not (text and text.strip()):
        raise ValueError("write a text, or attach a file")


class WriteMessage(Body):
    kind: Literal["reply", "note"]
    attachments: Attachments = []
    template: Annotated[TemplateChoice | None, Field(description="WhatsApp takes it outside the 24 hours as well.")] = (
        None
    )
    # After these two, which it looks at.
    text: Annotated[
        TextBesideFiles | None,
        AfterValidator(_one_text),
        Field(validate_default=True, description="Left out with a template, which brings its own."),
    ] = None
    reply_to: Annotated[AnyId | None, Field(description="The message of this conversation that it answers.")] = None
    epoch: Epoch | None = None
    client_id: Key | None = None
    last_seen: AnyId | None = None
    override: Flag = False
    take_over: Flag = False
    then: Literal["resolve"] | None = None
    mentions: Annotated[
        list[AnyId] | None,
        Field(max_length=50, description="The agents whom a note tells; without it those whom its text names."),
    ] = None

    @model_validator(mode="after")
    def _among_colleagues(self) -> "WriteMessage":
        if self.kind == "reply" and self.mentions is not None:
            raise ValueError("only a note mentions colleagues; leave mentions out of a reply")
        if self.kind == "note" and (self.template is not None or self.reply_to is not None):
            raise ValueError("a note goes to no customer; leave template and reply_to out")
        return self


class CustomerMessage(Body):
    text: MessageText
    external_id: Key | None = None


class ContactFields(Body):
    external_id: Key | None = None
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    email: Annotated[str, Field(min_length=3, max_length=254)] | None = None
    phone: Annotated[str, Field(min_length=3, max_length=40)] | None = None


class CreateConversation(Body):
    contact: AnyId | ContactFields
    message: CustomerMessage | None = None
    direction: Literal["inbound", "outbound"] = "inbound"
    text: TextBesideFiles | None = None
    template: Annotated[TemplateChoice | None, Field(description="In place of text: WhatsApp asks for one.")] = None
    attachments: Attachments = []
    tags: Tags = []
    subject: Annotated[str, Field(max_length=300)] | None = None
    channel: Channel = "api"
    channel_id: Annotated[
        AnyId | None, Field(description="By which of several connected channels of that kind; the oldest without it.")
    ] = None

    @model_validator(mode="after")
    def _one_text(self) -> "CreateConversation":
        outbound = self.direction == "outbound"
        ours = any((self.text is not None, self.template is not None, self.attachments, self.channel_id is not None))
        if outbound != ours or outbound == (self.message is not None):
            raise ValueError("give message: {text} for a customer's message, or direction: outbound with text")
        if outbound:
            _refuse_nothing(self.text, self.attachments, self.template)
        return self


class SaveDraft(Body):
    kind: Literal["reply", "note"] = "reply"
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
