"""Is a recorded concurrent history of one conversation what some order, one after the other, would have given?

The search of Wing and Gong: take any operation that no other had ended before, see whether the model would have
answered the same, go on with the rest; remember (what is done, the model's state) so that nothing is tried twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# Who holds the conversation, and its epoch.
State = tuple[str | None, int]
# An answer: what happened, then who holds it and the epoch where the answer says so.
Result = tuple[str, str | None, int | None]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one client asked, between which two ticks, and what it was told."""

    client: str
    verb: str
    target: str | None
    began: int
    ended: int
    result: Result

    def __str__(self) -> str:
        return f"[{self.began}-{self.ended}] {self.client} {self.verb} {self.target or ''} -> {self.result}"


def step(state: State, client: str, verb: str, target: str | None) -> tuple[State, Result]:
    """The model: the state afterwards, and the answer."""
    holder, epoch = state
    if verb == "read":
        return state, ("ok", holder, epoch)
    if verb == "force_release" and holder is None:
        return state, ("not_claimed", None, None)
    if verb == "release" and holder != client:
        return state, (("not_claimed", None, None) if holder is None else ("already_claimed", holder, epoch))
    if verb == "claim" and holder not in (None, client):
        return state, ("already_claimed", holder, epoch)
    wanted = {"claim": client, "reassign": target}.get(verb)
    if wanted == holder:  # only claim and reassign come here with nothing to do
        return state, ("ok", holder, epoch)
    return (wanted, epoch + 1), ("ok", wanted, epoch + 1)


def is_linearizable(history: Sequence[Operation], first: State = (None, 0)) -> bool:
    """Whether one order of the operations explains every answer and respects what had ended before what began."""

    @cache
    def explains(done: int, state: State) -> bool:
        if done == (1 << len(history)) - 1:
            return True
        left = [n for n in range(len(history)) if not done >> n & 1]
        earliest_end = min(history[n].ended for n in left)
        for n in left:
            operation = history[n]
            if operation.began > earliest_end:
                continue
            after, result = step(state, operation.client, operation.verb, operation.target)
            if result == operation.result and explains(done | 1 << n, after):
                return True
        return False

    return explains(0, first)
