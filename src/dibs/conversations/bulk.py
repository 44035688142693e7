"""Many conversations at once: one transaction, one outcome for each id, in the order of the request."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from dibs.conversations.claims import reassign_locked, release_locked
from dibs.conversations.edit import edit_locked
from dibs.conversations.lifecycle import resolve_locked, snooze_locked
from dibs.conversations.locks import lock_many, lock_receiver
from dibs.conversations.ownership import eligible_receiver, give, held, matching
from dibs.conversations.refusals import CLOSED, assignee_of
from dibs.conversations.tags import hold
from dibs.db.compiled import Row
from dibs.errors import Invalid, NotFound, Refusal
from dibs.pools import eligibility
from dibs.pools.rules import Rules
from dibs.tx import Tx

MOST_CLAIMS = 50
MOST_OTHERS = 200

Outcome = dict[str, Any]


class BulkLimitExceeded(Refusal):
    """More ids than one request may name; nothing was done."""

    code, status, title = "bulk_limit_exceeded", 422, "Too many at once"


def distinct(conversation_ids: Sequence[str], most: int) -> list[str]:
    """The ids without repeats, in order. Refuses an empty list and more than `most` distinct ones, whole."""
    wanted = list(dict.fromkeys(conversation_ids))
    if not wanted:
        raise Invalid("conversation_ids", "name at least one conversation")
    if len(wanted) > most:
        raise BulkLimitExceeded(
            f"At most {most} conversations at once; you sent {len(wanted)}. Nothing was done: send fewer.",
            limit=most,
            given=len(wanted),
        )
    return wanted


async def bulk_claim(tx: Tx, conversation_ids: Sequence[str]) -> dict[str, Any]:
    """Claims up to 50 for the actor, in the order of the request while there are free slots below the limit.

    Refuses an empty list and 51 whole (422); everything else is an outcome of its own id.
    """
    wanted = distinct(conversation_ids, MOST_CLAIMS)
    tx.actor.must("conversations:write", "agent")
    rows = await lock_many(tx, wanted)
    receiver = await lock_receiver(tx, tx.actor.id)
    found = await eligible_receiver(tx, receiver)
    has = await held(tx, receiver.id) if receiver is not None else 0
    limit = found.settings.max_claims_per_agent
    taken: list[Row] = []
    results = []
    for each in wanted:
        outcome = _judge(tx, rows.get(each), receiver, found, room=has + len(taken) < limit)
        results.append({"id": each, **outcome})
        if outcome["outcome"] == "claimed":
            taken.append(rows[each])
    if taken:
        # In the order of their ids, as they were locked: bulk claimers write tag rows in the same order too.
        await give(tx, sorted(taken, key=lambda row: str(row.id)), receiver, found, via="bulk")
    mine = {"id": tx.actor.id, "name": tx.actor.name}
    for result in results:
        if result["outcome"] == "claimed":
            result["assignee"] = mine
    return {"results": results, "claimed": len(taken), "held": has + len(taken), "limit": limit}


def _judge(tx: Tx, row: Row | None, receiver: Row, found: Rules, *, room: bool) -> Outcome:
    if row is None:
        return {"outcome": "not_found"}
    if row.status in CLOSED:
        return {"outcome": "conversation_closed", "status": row.status}
    if row.assignee_id is not None:
        mine = row.assignee_id == tx.actor.id
        return {"outcome": "already_yours" if mine else "already_claimed", "assignee": assignee_of(row)}
    if lacking := eligibility.missing(matching(found, row), receiver):
        return {"outcome": "pool_restricted", "pools": [{"id": pool.id, "name": pool.name} for pool in lacking]}
    return {"outcome": "claimed" if room else "claim_limit_reached"}


Act = Callable[[Row], Awaitable[Row]]


async def _each(tx: Tx, conversation_ids: Sequence[str], act: Act) -> dict[str, Any]:
    """Does `act` to each locked row. A refusal is that id's outcome: verbs refuse before they write."""
    wanted = distinct(conversation_ids, MOST_OTHERS)
    tx.actor.must("conversations:write", "agent")
    rows = await lock_many(tx, wanted)
    outcomes: dict[str, Outcome] = {}
    for each in sorted(wanted):
        row = rows.get(each)
        try:
            if row is None:
                raise NotFound("There is no such conversation in this workspace.")
            done = await act(row)
            outcomes[each] = {"outcome": "unchanged" if done.version == row.version else "done"}
        except Refusal as refusal:
            outcomes[each] = {"outcome": refusal.code, "detail": refusal.detail, **refusal.members}
    results = [{"id": each, **outcomes[each]} for each in wanted]
    return {"results": results, "done": sum(result["outcome"] == "done" for result in results)}


async def bulk_release(
    tx: Tx, conversation_ids: Sequence[str], *, hand_back: bool = False, reason: str | None = None
) -> dict[str, Any]:
    """Releases up to 200 of the actor's conversations."""
    return await _each(tx, conversation_ids, lambda row: release_locked(tx, row, hand_back=hand_back, reason=reason))


async def bulk_reassign(
    tx: Tx, conversation_ids: Sequence[str], agent_id: str, *, note: str | None = None, override_limit: bool = False
) -> dict[str, Any]:
    """Hands up to 200 conversations to one agent; beyond their limit each is refused by itself."""
    return await _each(
        tx,
        conversation_ids,
        lambda row: reassign_locked(tx, row, agent_id, note=note, override_limit=override_limit),
    )


async def bulk_resolve(tx: Tx, conversation_ids: Sequence[str], *, note: str | None = None) -> dict[str, Any]:
    """Resolves up to 200 conversations."""
    return await _each(tx, conversation_ids, lambda row: resolve_locked(tx, row, note=note))


async def bulk_snooze(
    tx: Tx, conversation_ids: Sequence[str], *, until: int | None = None, until_reply: bool = False
) -> dict[str, Any]:
    """Snoozes up to 200 conversations."""
    return await _each(tx, conversation_ids, lambda row: snooze_locked(tx, row, until=until, until_reply=until_reply))


async def bulk_tag(
    tx: Tx, conversation_ids: Sequence[str], *, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> dict[str, Any]:
    """Adds and removes tags on up to 200 conversations."""
    gone = set(remove)
    await hold(tx, add)
    return await _each(
        tx,
        conversation_ids,
        lambda row: edit_locked(tx, row, tags=[tag for tag in [*row.tags, *add] if tag not in gone]),
    )
