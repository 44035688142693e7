"""Message templates: what WhatsApp takes outside the 24 hours. They are written and approved at Meta."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import httpx
from sqlalchemy import Text, bindparam, select

from dibs.channels.connections import BY_ID, opened
from dibs.channels.port import ChannelRefused, Connection, Kind
from dibs.channels.tables import channels
from dibs.channels.whatsapp import graph
from dibs.channels.whatsapp.account import account
from dibs.channels.whatsapp.fields import dicts, part, text
from dibs.channels.whatsapp.shapes import MessageTemplate, MessageTemplates
from dibs.conversations.message_shapes import Template, TemplateValue
from dibs.conversations.messages import LONGEST_TEXT
from dibs.db.compiled import Row
from dibs.db.types import Id
from dibs.errors import Invalid
from dibs.outbound import Outbound
from dibs.tx import Core

FIELDS = "name,language,category,status,parameter_format,components"
# A workspace's templates of one name: one for each language.
MOST_OF_A_NAME = 100
_VARIABLE = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,100})\s*\}\}")
# Buttons that say the same to everybody.
_PLAIN_BUTTONS = frozenset({"QUICK_REPLY", "PHONE_NUMBER", "URL", "VOICE_CALL"})
_OLDEST = (
    select(channels)
    .where(channels.c.workspace_id == bindparam("ws", type_=Id), channels.c.kind == bindparam("kind", type_=Text))
    .where(channels.c.active)
    .order_by(channels.c.id)
    .limit(1)
)


async def page(connection: Connection, *, limit: int, cursor: str | None) -> MessageTemplates:
    """A page of the account's approved templates. Refuses with 422 and WhatsApp's own words."""
    asked = {"status": "APPROVED", "limit": str(limit), **({"after": cursor} if cursor else {})}
    said = await _ask(connection, asked)
    paging = part(said, "paging")
    following = text(part(paging, "cursors"), "after", 1_000) if "next" in paging else ""
    return {"data": [shape(each) for each in _approved(said)], "next_cursor": following or None}


async def _ask(connection: Connection, asked: dict[str, str]) -> dict[str, Any]:
    path = f"{account(connection).business_account_id}/message_templates"
    try:
        return await graph.call(connection, "GET", path, params={"fields": FIELDS} | asked)
    except graph.GraphError as error:
        raise ChannelRefused(f"WhatsApp says: {error.detail}") from None
    except (httpx.HTTPError, OSError) as error:
        raise ChannelRefused(f"WhatsApp cannot be reached: {type(error).__name__}. Try again.") from None


def _approved(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (each for each in dicts(said.get("data")) if text(each, "status") == "APPROVED" and text(each, "name"))


def shape(template: dict[str, Any]) -> MessageTemplate:
    """A template of the Graph API as answers show it."""
    components = {text(each, "type").upper(): each for each in dicts(template.get("components"))}
    header, body = components.get("HEADER", {}), components.get("BODY", {})
    shown = text(header, "text", LONGEST_TEXT) if text(header, "format").upper() == "TEXT" else ""
    said = text(body, "text", LONGEST_TEXT)
    return {
        "name": text(template, "name"),
        "language": text(template, "language"),
        "category": text(template, "category"),
        "header": shown or None,
        "body": said,
        "footer": text(components.get("FOOTER", {}), "text") or None,
        "variables": [*variables(shown), *variables(said)],
        "can_be_sent": bool(said) and not _needs_more(header, components.get("BUTTONS", {})),
    }


def _needs_more(header: dict[str, Any], buttons: dict[str, Any]) -> bool:
    """Whether it takes a file, a place or values of buttons, which cannot be given here."""
    if header and text(header, "format").upper() != "TEXT":
        return True
    return any(
        text(each, "type").upper() not in _PLAIN_BUTTONS or bool(_VARIABLE.search(text(each, "url", 2_000)))
        for each in dicts(buttons.get("buttons"))
    )


def variables(said: str) -> list[str]:
    """The variables in a part of a template, each once, in the order in which they are filled in."""
    found = list(dict.fromkeys(_VARIABLE.findall(said)))
    return sorted(found, key=int) if all(each.isdigit() for each in found) else found


Filled = tuple[str, Template]


def filler(kind: Kind, outbound: Outbound) -> Callable[..., Any]:
    """What `core.fill_template` is: a template's text with its variables filled in, and what is sent for it."""

    async def fill(
        core: Core, workspace_id: str, channel: str, channel_id: str | None, asked: dict[str, Any]
    ) -> Filled:
        """Refuses with 422 another channel, a template that is not there or not approved, and wrong variables."""
        row = await _channel(core, workspace_id, channel, channel_id)
        connection = opened(core, outbound, kind, row)
        wanted = {"name": asked["name"], "limit": str(MOST_OF_A_NAME)}
        found = [shape(each) for each in _approved(await _ask(connection, wanted))]
        chosen = [each for each in found if (each["name"], each["language"]) == (asked["name"], asked["language"])]
        if not chosen:
            raise Invalid("template", "WhatsApp has not approved a template of this name in this language")
        return filled_in(chosen[0], asked["variables"])

    return fill


async def _channel(core: Core, workspace_id: str, channel: str, channel_id: str | None) -> Row:
    if channel != "whatsapp":
        raise Invalid("template", "only WhatsApp takes templates; leave it out")
    key = {"ws": workspace_id, "id": channel_id, "kind": channel}
    found = await core.database.run(_OLDEST if channel_id is None else BY_ID, key)
    if not found or not found[0].active:
        raise Invalid("template", "no WhatsApp number is connected here; connect one first")
    return found[0]


def filled_in(template: MessageTemplate, given: list[str]) -> Filled:
    """A template's text with these variables, and what is sent for it. Refuses with 422 too many or too few."""
    if not template["can_be_sent"]:
        raise Invalid("template", "this template needs a file or values of buttons, which cannot be given here")
    names = template["variables"]
    if len(given) != len(names):
        wanted = f"this template takes {len(names)}: {', '.join(names)}" if names else "this template takes none"
        raise Invalid("template.variables", wanted)
    left, values, said = iter(given), list[TemplateValue](), list[str]()
    parts: tuple[tuple[Literal["header", "body"], str], ...] = (
        ("header", template["header"] or ""),
        ("body", template["body"]),
    )
    for which, words in parts:
        known = {name: next(left) for name in variables(words)}
        values += [{"part": which, "name": name, "value": value} for name, value in known.items()]
        said.append(_put_in(words, known))
    whole = "\n\n".join(filter(None, (*said, template["footer"])))
    if len(whole) > LONGEST_TEXT:
        raise Invalid("template.variables", f"filled in, the message has more than {LONGEST_TEXT} characters")
    return whole, {"name": template["name"], "language": template["language"], "values": values}


def _put_in(words: str, known: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda match: known[match[1]], words)
