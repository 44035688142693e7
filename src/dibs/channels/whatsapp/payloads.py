"""What a webhook of WhatsApp says, as events. All of it is untrusted: what is odd is left out, never an error."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dibs.channels.whatsapp import graph, wording
from dibs.channels.whatsapp.fields import dicts, part, storable, text
from dibs.conversations.message_shapes import Delivery, Details, Failure

# Seconds since 1970 that a message can bear: up to the year 2286.
_SECONDS = re.compile(r"[0-9]{1,10}")
DELIVERIES: dict[str, Delivery] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    # A voice message that was listened to.
    "played": "read",
    "failed": "failed",
}


class Unreadable(ValueError):
    """The body is no webhook of WhatsApp's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that is still with Meta: kept there for a week."""

    id: str
    kind: str
    mime: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """A customer wrote; or, `by_us`, somebody answered them on the business's own phone."""

    id: str
    # In milliseconds, by WhatsApp's clock.
    at: int | None
    # Digits. A customer with a user name may hide it: then there is only `user_id`.
    phone: str
    user_id: str
    name: str
    text: str
    details: Details
    media: Media | None = None
    by_us: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted:
    """A customer put an emoji on a message, or with None took it away."""

    id: str
    at: int | None
    target: str
    emoji: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How far a message of ours is. `entry_id` is what we gave along when it was handed over."""

    id: str
    delivery: Delivery
    failure: Failure | None
    entry_id: str


Event = Wrote | Reacted | Told


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one number."""

    number: str
    events: Sequence[Event]


def changes(body: bytes) -> list[Change]:
    """The changes in a webhook's body, in its order. Refuses what is no webhook with Unreadable."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is not JSON") from error
    if not isinstance(document, dict) or not isinstance(document.get("entry"), list):
        raise Unreadable("this has no entry")
    found = []
    for entry in dicts(document["entry"]):
        for change in dicts(entry.get("changes")):
            value = part(change, "value")
            if number := text(part(value, "metadata"), "phone_number_id"):
                found.append(Change(number, list(_events(value))))
    return found


def _events(value: dict[str, Any]) -> Iterator[Event]:
    names = _names(value)
    for each in dicts(value.get("messages")):
        if not (wamid := text(each, "id")):
            continue
        if text(each, "type") == "reaction":
            yield from _reaction(wamid, each)
        else:
            yield _wrote(wamid, each, names)
    for each in dicts(value.get("message_echoes")):
        if (wamid := text(each, "id")) and text(each, "type") != "reaction":
            yield _echo(wamid, each)
    for each in dicts(value.get("statuses")):
        to = DELIVERIES.get(text(each, "status"))
        if to is not None and (wamid := text(each, "id")):
            entry_id = text(each, "biz_opaque_callback_data")
            yield Told(id=wamid, delivery=to, failure=_failure(each, to), entry_id=entry_id)


def _names(value: dict[str, Any]) -> dict[str, str]:
    """The senders' names by their number and by their user id."""
    found: dict[str, str] = {}
    for contact in dicts(value.get("contacts")):
        profile = part(contact, "profile")
        name = text(profile, "name") or text(profile, "username")
        found |= {key: name for key in (text(contact, "wa_id"), text(contact, "user_id")) if key and name}
    return found


def _wrote(wamid: str, each: dict[str, Any], names: dict[str, str]) -> Wrote:
    phone, user_id = text(each, "from"), text(each, "from_user_id")
    details, media = _content(each)
    if phone or user_id:
        details["sender"] = f"+{phone}" if phone else user_id
    said = wording.of(each)
    name = names.get(phone) or names.get(user_id) or ""
    return Wrote(
        id=wamid, at=_at(each), phone=phone, user_id=user_id, name=name, text=said, details=details, media=media
    )


def _echo(wamid: str, each: dict[str, Any]) -> Wrote:
    details, media = _content(each)
    phone = text(each, "to").removeprefix("+")
    said = wording.of(each)
    user_id = text(each, "to_user_id")
    return Wrote(
        id=wamid,
        at=_at(each),
        phone=phone,
        user_id=user_id,
        name="",
        text=said,
        details=details,
        media=media,
        by_us=True,
    )


def _content(each: dict[str, Any]) -> tuple[Details, Media | None]:
    kind, details = text(each, "type"), Details()
    if kind != "text":
        details["kind"] = kind or "unknown"
    if answered := text(part(each, "context"), "id"):
        details["reply_to"] = answered
    media = None
    if kind in wording.MEDIA and (media_id := text(part(each, kind), "id")):
        given = part(each, kind)
        media = Media(id=media_id, kind=kind, mime=text(given, "mime_type"), name=text(given, "filename"))
        details["fetching"] = [media.name or kind]
    return details, media


def _reaction(wamid: str, each: dict[str, Any]) -> Iterator[Reacted]:
    given = part(each, "reaction")
    if target := text(given, "message_id"):
        yield Reacted(id=wamid, at=_at(each), target=target, emoji=text(given, "emoji")[:64] or None)


def _failure(each: dict[str, Any], to: Delivery) -> Failure | None:
    if to != "failed":
        return None
    error = next(iter(dicts(each.get("errors"))), {})
    code = error.get("code")
    code = code if isinstance(code, int) else None
    return {"code": str(code or "unknown"), "detail": storable(graph.in_words(code, error))}


def _at(each: dict[str, Any]) -> int | None:
    seconds = text(each, "timestamp")
    return int(seconds) * 1_000 if _SECONDS.fullmatch(seconds) and int(seconds) else None
