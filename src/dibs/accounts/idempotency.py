"""Idempotency-Key: the first answer to a write is stored with its effect and given again to every repeat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import LargeBinary, SmallInteger, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from dibs.accounts import sealing
from dibs.actor import Actor
from dibs.errors import Invalid, Refusal
from dibs.ledger import idempotency_keys
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
    """A request's path, key and body digest, and the credential that it came with."""

    route: str
    key: str
    body_hash: str
    credential: str = field(repr=False)


_k = idempotency_keys.c
_THIS = (
    _k.workspace_id == bindparam("ws"),
    _k.actor_id == bindparam("actor"),
    _k.route == bindparam("route"),
    _k.key == bindparam("key"),
)
# No answer yet, and nobody else sees it: it is completed or gone when the transaction ends.
_RESERVE = (
    insert(idempotency_keys)
    .values({column.name: bindparam(column.name, type_=column.type) for column in _k} | {"status": 0, "answer": b""})
    .on_conflict_do_nothing()
    .returning(_k.key)
)
_STORED = select(_k.body_hash, _k.status, _k.answer).where(*_THIS)
_KEEP = (
    update(idempotency_keys)
    .where(*_THIS)
    .values(
        status=bindparam("new_status", type_=SmallInteger),
        answer=bindparam("new_answer", type_=LargeBinary),
        body_hash=bindparam("new_body_hash", type_=_k.body_hash.type),
    )
)
_FORGET = delete(idempotency_keys).where(*_THIS)
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
    """Raises `Replay` with the first answer. Refuses another body with 422 `idempotency_mismatch`, and another
    credential of the same actor where the answer shows a secret.

    Otherwise this is the first: it takes the key, so that the same request in another process waits for this one's
    end. Call it before anything is locked.
    """
    new = {"workspace_id": tx.workspace_id, "actor_id": tx.actor.id, "route": asked.route, "key": asked.key}
    if await tx.run(_RESERVE, new | {"body_hash": "", "created_at": tx.now}):
        return
    row = await tx.one(_STORED, _this(tx, asked))
    if row is None:  # deleted this moment, a day after it was used
        raise IdempotencyInFlight("This Idempotency-Key has just expired. Ask again.")
    answer: bytes | None = bytes(row.answer)
    body_hash = asked.body_hash
    if answer and sealing.is_sealed(answer):
        answer = sealing.unseal(answer, asked.credential, _purpose(tx, asked))
        body_hash = sealing.fingerprint(body_hash, asked.credential, _purpose(tx, asked))
    if answer is not None and row.body_hash != body_hash:
        raise IdempotencyMismatch("This Idempotency-Key was used with another body. Use a new key for a new request.")
    if answer is None:
        raise IdempotencyMismatch(
            "The answer to this Idempotency-Key shows a secret, which only the credential that asked first may read "
            "again. Use that one, or a new key for a new request."
        )
    raise Replay(row.status, answer)


async def keep(tx: Tx, asked: Asked) -> None:
    """Stores the answer in the transaction of its effect. Called last, so refusals and errors store nothing."""
    if tx.answer is None:
        await tx.run(_FORGET, _this(tx, asked))
        return
    status, body = tx.answer
    body_hash = asked.body_hash
    if tx.answer_is_secret:
        body = sealing.seal(body, asked.credential, _purpose(tx, asked))
        body_hash = sealing.fingerprint(body_hash, asked.credential, _purpose(tx, asked))
    await tx.run(_KEEP, _this(tx, asked) | {"new_status": status, "new_answer": body, "new_body_hash": body_hash})


def _purpose(tx: Tx, asked: Asked) -> str:
    return f"idempotent answer\n{tx.workspace_id}\n{tx.actor.id}\n{asked.route}\n{asked.key}"


def _this(tx: Tx, asked: Asked) -> dict[str, Any]:
    return {"ws": tx.workspace_id, "actor": tx.actor.id, "route": asked.route, "key": asked.key}
