"""Idempotency-Key: the first answer to a write is stored with its effect and given again to every repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from dibs.actor import Actor
from dibs.errors import Invalid, Refusal
from dibs.ledger import INSERT_ANSWER, idempotency_keys
from dibs.tx import Tx

LONGEST_KEY = 255
KEPT_HOURS = 24


class IdempotencyMismatch(Refusal):
    """The key was used before with another body."""

    code, status, title = "idempotency_mismatch", 422, "Key used for something else"


class IdempotencyInFlight(Refusal):
    """The first request with this key has not ended yet."""

    code, status, title = "idempotency_in_flight", 409, "Still running"


class Replay(Exception):
    """Ends the transaction with the stored answer of the first request."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self.status, self.body = status, body


@dataclass(frozen=True, slots=True)
class Asked:
    """A request's path, key and body digest."""

    route: str
    key: str
    body_hash: str


_STORED = select(idempotency_keys.c.body_hash, idempotency_keys.c.status, idempotency_keys.c.answer).where(
    idempotency_keys.c.workspace_id == bindparam("ws"),
    idempotency_keys.c.actor_id == bindparam("actor"),
    idempotency_keys.c.route == bindparam("route"),
    idempotency_keys.c.key == bindparam("key"),
)
_running: set[tuple[str, str | None, Asked | str, str]] = set()


@contextmanager
def in_flight(actor: Actor, asked: Asked) -> Iterator[None]:
    """Refuses a key whose first request still runs in this process with 409; two processes meet at the primary key."""
    if not 0 < len(asked.key) <= LONGEST_KEY:
        raise Invalid("Idempotency-Key", f"use 1 to {LONGEST_KEY} characters")
    mark = (actor.workspace_id, actor.id, asked.route, asked.key)
    if mark in _running:
        raise IdempotencyInFlight("The first request with this Idempotency-Key is still running. Ask again shortly.")
    _running.add(mark)
    try:
        yield
    finally:
        _running.discard(mark)


async def replay(tx: Tx, asked: Asked) -> None:
    """Raises `Replay` with the first answer. Refuses another body with 422 `idempotency_mismatch`."""
    row = await tx.one(_STORED, {"ws": tx.workspace_id, "actor": tx.actor.id, "route": asked.route, "key": asked.key})
    if row is None:
        return
    if row.body_hash != asked.body_hash:
        raise IdempotencyMismatch("This Idempotency-Key was used with another body. Use a new key for a new request.")
    raise Replay(row.status, bytes(row.answer))


async def keep(tx: Tx, asked: Asked) -> None:
    """Stores the answer in the transaction of its effect. Called last, so refusals and errors store nothing."""
    if tx.answer is None:
        return
    status, body = tx.answer
    await tx.run(
        INSERT_ANSWER,
        {
            "workspace_id": tx.workspace_id,
            "actor_id": tx.actor.id,
            "route": asked.route,
            "key": asked.key,
            "body_hash": asked.body_hash,
            "status": status,
            "answer": body,
            "created_at": tx.now,
        },
    )
