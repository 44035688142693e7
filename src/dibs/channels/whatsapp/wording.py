"""What a customer sent, as text that a person can read: also kinds that have no text of their own."""

from collections.abc import Callable
from typing import Any

from dibs.channels.whatsapp.fields import dicts, part, text

LONGEST_TEXT = 65_536
MEDIA = {"image": "📷 Photo", "video": "🎥 Video", "audio": "🎤 Audio", "document": "📄 Document", "sticker": "Sticker"}


def of(message: dict[str, Any]) -> str:
    """The text of a message of the Cloud API, whatever its kind; never empty."""
    kind = text(message, "type") or "unknown"
    if kind in MEDIA:
        given = part(message, kind)
        said = text(given, "caption", LONGEST_TEXT) or _named(MEDIA[kind], text(given, "filename"))
    else:
        said = _KINDS.get(kind, _unknown)(message)
    return said if said.strip() else f"[{kind}]"


def _named(label: str, name: str) -> str:
    return f"📄 {name}" if name else label


def _text(message: dict[str, Any]) -> str:
    return text(part(message, "text"), "body", LONGEST_TEXT)


def _button(message: dict[str, Any]) -> str:
    return text(part(message, "button"), "text", LONGEST_TEXT)


def _interactive(message: dict[str, Any]) -> str:
    given = part(message, "interactive")
    chosen = part(given, "button_reply") or part(given, "list_reply")
    if chosen:
        return "\n".join(filter(None, (text(chosen, "title"), text(chosen, "description"))))
    form = part(given, "nfm_reply")
    return "\n".join(filter(None, (text(form, "body"), text(form, "response_json", LONGEST_TEXT))))


def _location(message: dict[str, Any]) -> str:
    given = part(message, "location")
    place = ", ".join(filter(None, (text(given, "name"), text(given, "address"))))
    found = [_number(given.get(name)) for name in ("latitude", "longitude")]
    where = ", ".join(filter(None, found))
    return f"📍 {place} ({where})" if place else f"📍 {where}"


def _number(value: Any) -> str:
    return str(value)[:30] if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _contacts(message: dict[str, Any]) -> str:
    return "\n".join(_contact(each) for each in dicts(message.get("contacts")))


def _contact(card: dict[str, Any]) -> str:
    name = text(part(card, "name"), "formatted_name")
    ways = [text(each, "phone") for each in dicts(card.get("phones"))]
    ways += [text(each, "email") for each in dicts(card.get("emails"))]
    return f"👤 {name}: {', '.join(filter(None, ways))}".rstrip(": ")


def _order(message: dict[str, Any]) -> str:
    given = part(message, "order")
    lines = [
        f"{text(each, 'quantity')} x {text(each, 'product_retailer_id')}"
        f" ({_number(each.get('item_price'))} {text(each, 'currency')})"
        for each in dicts(given.get("product_items"))
    ]
    return "\n".join(filter(None, ("🛒", text(given, "text", LONGEST_TEXT), *lines)))


def _system(message: dict[str, Any]) -> str:
    return text(part(message, "system"), "body", LONGEST_TEXT)


def _unknown(message: dict[str, Any]) -> str:
    """Whatever text is where others have theirs, else what WhatsApp says about it, else its name."""
    kind = text(message, "type")
    given = part(message, kind)
    said = next(filter(None, (text(given, name, LONGEST_TEXT) for name in ("body", "text", "caption", "title"))), "")
    errors = dicts(message.get("errors"))
    why = text(part(errors[0], "error_data"), "details") or text(errors[0], "title") if errors else ""
    return said or " ".join(filter(None, (f"[{kind}]" if kind else "", why)))


_KINDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "text": _text,
    "button": _button,
    "interactive": _interactive,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "system": _system,
}
