"""Why something cannot be done to a conversation, and the checks that say so, in the order of the wire contract."""

from typing import Any

from dibs import clock
from dibs.actor import Actor
from dibs.db.compiled import Row
from dibs.errors import Refusal

CLOSED = ("resolved", "archived")


class AlreadyClaimed(Refusal):
    """Another person holds the conversation now."""

    code, title = "already_claimed", "Claimed by somebody else"


class NotClaimed(Refusal):
    """Nobody holds the conversation, so there is nothing to release or take over."""

    code, title = "not_claimed", "Not claimed"


class ClaimLimitReached(Refusal):
    """The receiver holds as many conversations as the workspace allows."""

    code, title = "claim_limit_reached", "Claim limit reached"


class ConversationClosed(Refusal):
    """The conversation is resolved or archived."""

    code, title = "conversation_closed", "Conversation is closed"


class NotResolved(Refusal):
    """Only a resolved conversation can be archived."""

    code, title = "not_resolved", "Not resolved"


class StaleEpoch(Refusal):
    """The request was made for an ownership that has ended; nobody else holds the conversation."""

    code, title = "stale_epoch", "Ownership has changed"


class UnseenMessages(Refusal):
    """Another person wrote to the customer since the author looked."""

    code, title = "unseen_messages", "Somebody else answered meanwhile"


class OutsideReplyWindow(Refusal):
    """The channel takes free text only for a day after the customer's last message; a template may still be sent."""

    code, title = "outside_reply_window", "Outside the reply window"


class RequestClosed(Refusal):
    """The take-over request has been answered, withdrawn or has lapsed."""

    code, title = "request_closed", "Request is closed"


def assignee_of(row: Row) -> dict[str, Any] | None:
    """The owner as shapes show it, or None."""
    return None if row.assignee_id is None else {"id": row.assignee_id, "name": row.assignee_name}


def refuse_closed(row: Row) -> None:
    """Refuses a resolved or archived conversation with 409 `conversation_closed`."""
    if row.status in CLOSED:
        raise ConversationClosed(f"This conversation is {row.status}. Reopen it first.", status=row.status)


def refuse_held(row: Row, actor: Actor, *, admins_may: bool = False) -> None:
    """Refuses with 409 `already_claimed` when somebody else holds it; `admins_may` lets admins and the system pass."""
    if row.assignee_id is None or row.assignee_id == actor.id or actor.type == "system":
        return
    if admins_may and actor.is_at_least("admin"):
        return
    raise already_claimed(row)


def already_claimed(row: Row) -> AlreadyClaimed:
    """The refusal that names the holder of `row`."""
    return AlreadyClaimed(
        f"{row.assignee_name} holds this conversation. Ask them for it, or leave a note.",
        assignee=assignee_of(row),
        claimed_at=clock.iso_or_none(row.claimed_at),
        epoch=row.epoch,
    )


def refuse_old_epoch(row: Row, epoch: int | None, actor: Actor) -> None:
    """Refuses an `epoch` that is no longer current: 409 `already_claimed` when somebody else holds it now, else 409
    `stale_epoch`. Call it after `refuse_held`, which lets admins pass.
    """
    if epoch is None or epoch == row.epoch:
        return
    if row.assignee_id not in (None, actor.id):
        raise already_claimed(row)
    raise StaleEpoch(
        "This conversation changed hands since you looked. Look at it again, then decide.",
        epoch=row.epoch,
        assignee=assignee_of(row),
    )


def refuse_late(row: Row, now: int) -> None:
    """Refuses with 409 `outside_reply_window` once the channel takes no reply any more."""
    if row.reply_until is not None and now >= row.reply_until:
        raise OutsideReplyWindow(
            "The customer last wrote more than 24 hours ago: WhatsApp takes only a template now. Choose one.",
            window_closed_at=clock.iso(row.reply_until),
        )


def not_claimed() -> NotClaimed:
    """The refusal to release or take over what nobody holds."""
    return NotClaimed("Nobody holds this conversation. Claim it instead.", assignee=None)
