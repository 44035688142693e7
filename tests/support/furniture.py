"""A workspace in which every state of a conversation and every page of the app has something to show."""

from collections.abc import Sequence
from typing import Any

import httpx

# Who does what, by number in the seed: see tests/browser/conftest.py.
OWNER, ADMIN, FULL, ASKER = 0, 1, 2, 3
LIMIT = 20


def furnish(base: str, people: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Arranges conversations, and returns the id of one in each state, as the owner sees them.

    The agent `FULL` ends at the limit; the pool "Billing" has the admin alone.
    """
    with httpx.Client(base_url=f"{base}/v1", trust_env=False, timeout=60) as http:

        def call(who: int, method: str, path: str, json: Any = None) -> Any:
            headers = {"Authorization": f"Bearer {people[who]['key']}"}
            answer = http.request(method, path, headers=headers, json=json)
            assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
            return answer.json() if answer.content else None

        waiting = [each["id"] for each in call(OWNER, "GET", "/conversations?view=unclaimed&limit=60")["data"]]
        _restrict(call, people, waiting[0])
        call(FULL, "POST", "/conversations/bulk/claim", {"conversation_ids": waiting[20 : 20 + LIMIT]})
        rooms = {"unclaimed": waiting[1], "restricted": waiting[0], "full": waiting[2]}
        for room, conversation in zip(("mine", "snoozed", "resolved"), waiting[4:7], strict=True):
            call(OWNER, "PATCH", f"/conversations/{conversation}", {"tags": ["returns"], "priority": "high"})
            call(OWNER, "POST", f"/conversations/{conversation}/claim")
            rooms[room] = conversation
        call(ADMIN, "PATCH", f"/conversations/{waiting[7]}", {"tags": ["account"]})
        call(ADMIN, "POST", f"/conversations/{waiting[7]}/claim")
        rooms["others"] = waiting[7]
        call(OWNER, "POST", f"/conversations/{rooms['snoozed']}/snooze", {"until_customer_replies": True})
        call(OWNER, "POST", f"/conversations/{rooms['resolved']}/resolve", {"note": "Refunded in full."})
        _write(call, rooms["mine"])
        call(ASKER, "POST", f"/conversations/{rooms['mine']}/takeover-requests", {"note": "I know this customer."})
        _surround(call, people, waiting[8])
    return rooms


def _restrict(call: Any, people: Sequence[dict[str, Any]], conversation: str) -> None:
    """The Billing pool is the admin's; a conversation that the owner and the agents may not claim."""
    pool = {"name": "Billing", "members": [people[ADMIN]["id"]], "conditions": {"tags": ["invoices"]}}
    call(OWNER, "POST", "/pools", pool)
    spanish = {"name": "Spanish", "skill": "spanish", "conditions": {"tags": ["refund-es"]}}
    call(OWNER, "POST", "/pools", spanish)
    call(OWNER, "PATCH", f"/conversations/{conversation}", {"tags": ["invoices"]})


def _write(call: Any, conversation: str) -> None:
    """A thread with all kinds of messages, long ones too."""
    messages = f"/conversations/{conversation}/messages"
    call(OWNER, "POST", messages, {"kind": "reply", "text": "Hello! I am looking into it; give me a minute."})
    call(ADMIN, "POST", messages, {"kind": "note", "text": "They were promised a refund on Tuesday."})
    asked = "Thank you. The number is 4711, see https://shop.example/orders/4711?from=mail-of-tuesday-evening"
    call(OWNER, "POST", f"/conversations/{conversation}/customer-messages", {"text": asked})


def _surround(call: Any, people: Sequence[dict[str, Any]], conversation: str) -> None:
    """What stands around conversations: replies, views, invitations, notifications."""
    replies = {
        "Refund on its way": ("refund", "Hello {{customer}}, your refund is on its way."),
        "Ask for the order number": ("order", "Could you send me the order number?"),
    }
    for title, (shortcut, text) in replies.items():
        call(OWNER, "POST", "/canned-replies", {"title": title, "shortcut": shortcut, "text": text})
    view = {"name": "Returns, urgent", "shared": True, "filters": {"view": "all", "tag": ["returns"]}}
    call(OWNER, "POST", "/saved-views", view)
    call(OWNER, "POST", "/invitations", {"email": "newcomer@dibs.example", "role": "agent"})
    note = "Speaks Portuguese only."
    call(ADMIN, "POST", f"/conversations/{conversation}/reassign", {"agent_id": people[OWNER]["id"], "note": note})
