"""What a list of conversations is narrowed to, as the wire contract names it, and what that means for the query."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import bindparam, select

from dibs import clock, ids
from dibs.accounts.tables import agents
from dibs.actor import Actor
from dibs.contacts.tables import contacts
from dibs.conversations.shapes import PRIORITIES
from dibs.db.open import Database
from dibs.db.types import Id
from dibs.errors import NotFound
from dibs.pools.rules import Pool, rules
from dibs.pools.shapes import Channel, Priority

View = Literal[
    "unclaimed", "mine", "others", "observing", "snoozed", "stale", "resolved", "archived", "spam", "all", "any"
]
VIEWS: tuple[View, ...] = get_args(View)
Sort = Literal["waiting", "newest", "oldest", "priority", "sla"]

_CONTACT = select(contacts.c.id, contacts.c.merged_into).where(
    contacts.c.workspace_id == bindparam("ws", type_=Id), contacts.c.id == bindparam("id", type_=Id)
)
_AGENT = select(agents.c.id).where(
    agents.c.workspace_id == bindparam("ws", type_=Id), agents.c.id == bindparam("id", type_=Id)
)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("no NUL character, please")
    return text


def _in_range(moment: datetime) -> datetime:
    try:
        clock.instant(moment)
    except OverflowError:
        raise ValueError("this time is out of range") from None
    return moment


def _whole(value: object) -> object:
    if value is True or value is False:  # which would be taken for 1 and 0
        raise ValueError("use a number of minutes")
    return value


Words = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_without_nul)]
Tag = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_without_nul)]
Moment = Annotated[AwareDatetime, AfterValidator(_in_range)]
AnyId = Annotated[str, Field(max_length=64)]
Minutes = Annotated[int, Field(ge=0, le=525_600), BeforeValidator(_whole)]


class Narrowing(BaseModel):
    """The filters and the order of a list of conversations; a saved view keeps exactly these."""

    model_config = ConfigDict(extra="forbid")

    view: View = "all"
    channel: Channel | None = None
    tag: Annotated[list[Tag], Field(max_length=10)] = []
    priority: Priority | None = None
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2,3}$")] = None
    pool: AnyId | None = None
    assignee: AnyId | None = None
    contact: AnyId | None = None
    q: Words | None = None
    since: Moment | None = None
    until: Moment | None = None
    waiting: Annotated[Minutes | None, Field(description="Customers who wait this many minutes or longer.")] = None
    sort: Sort | None = None


class Asked(Narrowing):
    """A page of a list."""

    cursor: Annotated[str | None, Field(max_length=1_000)] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@dataclass(slots=True)
class Wanted:
    """A list that was asked for: its view, its order, the names of its filters and their values."""

    view: View
    order: str
    tags: tuple[str, ...]
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The filters in force, but for tags."""
        return frozenset(self.values)


async def wanted(database: Database, actor: Actor, asked: Narrowing) -> Wanted:
    """What `asked` means for this actor. An unknown contact, agent or pool is 404, stale is 403 to all but admins."""
    if asked.view == "stale":
        actor.must("conversations:read", "admin")
    want = Wanted(asked.view, _order(asked), tuple(dict.fromkeys(asked.tag)), _plain(asked))
    if asked.contact is not None:
        want.values["contact"] = await _contact(database, actor, asked.contact)
    if asked.assignee == "none":
        want.values["nobody"] = True
    elif asked.assignee is not None:
        want.values["assignee"] = await _agent(database, actor, asked.assignee)
    if asked.pool is not None:
        want.values["pool"] = await _pool(database, actor, asked.pool)
    return want


def _order(asked: Narrowing) -> str:
    """The order by name. Policies are not part of this yet: `sla` is the order of urgency without them."""
    if asked.view == "unclaimed" and asked.sort in {None, "sla"}:
        return "queue"
    return {None: "newest", "sla": "waiting"}.get(asked.sort, asked.sort or "newest")


def _plain(asked: Narrowing) -> dict[str, Any]:
    values: dict[str, Any] = {"channel": asked.channel, "language": asked.language}
    values["priority"] = None if asked.priority is None else PRIORITIES.index(asked.priority)
    values["since"] = None if asked.since is None else clock.instant(asked.since)
    values["until"] = None if asked.until is None else clock.instant(asked.until)
    values["waiting"] = None if asked.waiting is None else clock.now() - asked.waiting * clock.MINUTE
    return {name: value for name, value in values.items() if value is not None}


async def _contact(database: Database, actor: Actor, contact_id: str) -> str:
    rows = []
    if ids.well_formed(contact_id, "ctc"):
        rows = await database.run(_CONTACT, {"ws": actor.workspace_id, "id": contact_id})
    if not rows:
        raise NotFound("There is no such contact in this workspace.")
    return str(rows[0].merged_into or rows[0].id)


async def _agent(database: Database, actor: Actor, agent_id: str) -> str:
    if agent_id == "me":
        return actor.id or ""
    rows = []
    if ids.well_formed(agent_id, "agt"):
        rows = await database.run(_AGENT, {"ws": actor.workspace_id, "id": agent_id})
    if not rows:
        raise NotFound("There is no such agent in this workspace.")
    return agent_id


async def _pool(database: Database, actor: Actor, pool_id: str) -> Pool:
    found = await rules(database.run, actor.workspace_id)
    for pool in found.pools:
        if pool.id == pool_id:
            return pool
    raise NotFound("There is no such pool in this workspace.")
