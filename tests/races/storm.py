"""Workers who do anything that the API lets them do to a few conversations, all at once, and write down the answers."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.races.wire import Answer, Wire

# How often each is chosen.
AGENT_VERBS = {
    "claim": 20,
    "release": 10,
    "undo": 3,
    "hand-back": 3,
    "reassign": 4,
    "resolve": 4,
    "reopen": 5,
    "snooze": 3,
    "wake": 3,
    "archive": 2,
    "reply": 8,
    "note": 2,
    "customer": 4,
    "tag": 4,
    "claim-next": 4,
    "ask": 4,
    "accept": 3,
    "bulk/claim": 4,
    "bulk/release": 3,
    "bulk/resolve": 1,
    "bulk/tag": 2,
    "bulk/snooze": 1,
}
ADMIN_VERBS = AGENT_VERBS | {
    "force-release": 10,
    "reassign": 15,
    "bulk/reassign": 5,
    "take-over": 5,
    "pool": 3,
    "settings": 3,
    "role": 2,
}
# What a worker mostly does to what it holds.
OWNERS = frozenset({"release", "undo", "hand-back", "reassign", "resolve", "snooze", "wake", "reply"})
# Verbs whose 200 always is one change of ownership.
ALWAYS_ONE = frozenset({"release", "undo", "force-release", "accept"})


@dataclass(frozen=True, slots=True)
class Done:
    """One request and what came of it."""

    verb: str
    path: str
    answer: Answer

    @property
    def request_id(self) -> str:
        return self.answer.headers["x-request-id"]

    @property
    def ok(self) -> bool:
        return self.answer.status_code < 300

    @property
    def conversation(self) -> dict[str, Any] | None:
        """The conversation that the answer shows, where it shows one."""
        told = self.answer.json()
        if not self.ok or not told or self.verb in ("ask", "pool", "settings", "role"):
            return None
        shown: dict[str, Any] | None = told.get("conversation", told if "epoch" in told else None)
        return shown


class Storm:
    """What the workers share: the conversations, the agents, the pool, and the requests that were made."""

    def __init__(self, dice: random.Random, pile: Sequence[str], agents: Sequence[str], pool_id: str) -> None:
        self.dice, self.pile, self.agents, self.pool_id = dice, pile, agents, pool_id
        # Who was asked for what: only they can accept.
        self.asked: list[tuple[str, str]] = []
        self.done: list[Done] = []

    async def work(self, wire: Wire, until: float) -> None:
        """One worker: one request after the other."""
        verbs = ADMIN_VERBS if wire.person.role in ("admin", "owner") else AGENT_VERBS
        names, weights = list(verbs), list(verbs.values())
        mine: list[str] = []
        while time.monotonic() < until:
            verb = self.dice.choices(names, weights)[0]
            if verb == "accept":
                method, path, body = "POST", f"/takeover-requests/{self._asked(wire.person.id)}/accept", None
            else:
                method, path, body = self.request(verb, mine)
            done = Done(verb, path, await wire.call(method, path, body))
            self.done.append(done)
            if verb == "ask" and done.answer.status_code == 201:
                request = done.answer.json()
                self.asked.append((request["assignee"]["id"], request["id"]))
            if shown := done.conversation:
                mine = [each for each in mine if each != shown["id"]]
                mine += [shown["id"]] * ((shown["assignee"] or {}).get("id") == wire.person.id)

    def request(self, verb: str, mine: Sequence[str]) -> tuple[str, str, Any]:
        """Method, path and body of a random request of that kind, by somebody who holds `mine`."""
        dice = self.dice
        which = dice.choice(mine) if mine and verb in OWNERS and dice.random() < 0.8 else one_of(dice, self.pile)
        one = f"/conversations/{which}"
        if verb in MESSAGES:
            path = f"{one}/customer-messages" if verb == "customer" else f"{one}/messages"
            return "POST", path, MESSAGES[verb] | {"text": f"Hello {dice.random()}"}
        if verb in ("pool", "settings", "role", "tag"):
            return "PATCH", *self._edit(verb, one)
        if "/" in verb or verb == "claim-next":
            return "POST", f"/conversations/{verb}", self._bulk(verb) if "/" in verb else None
        return "POST", f"{one}/{ROUTES.get(verb, verb)}", self._body(verb)

    def _asked(self, who: str) -> str:
        """The newest request that they can accept, or that of somebody else."""
        found = [request for holder, request in self.asked if holder == who] or [request for _, request in self.asked]
        return found[-1] if found else "tor_0"

    def _edit(self, verb: str, one: str) -> tuple[str, Any]:
        dice = self.dice
        if verb == "pool":
            return f"/pools/{self.pool_id}", {"members": dice.sample(list(self.agents), 10)}
        if verb == "settings":
            return "/workspace/settings", dice.choice(settings(dice))
        if verb == "role":
            role = dice.choice(["viewer", "agent", "agent"])
            return f"/agents/{dice.choice(self.agents[:4])}", {"role": role}
        return one, {"tags": dice.sample(["billing", "vip", "late", "refund"], dice.randrange(3))}

    def _bulk(self, verb: str) -> dict[str, Any]:
        body: dict[str, Any] = {"conversation_ids": self.dice.sample(list(self.pile), self.dice.randint(2, 12))}
        more = {"bulk/reassign": {"agent_id": self.dice.choice(self.agents)}, "bulk/snooze": BODIES["snooze"]}
        more["bulk/tag"] = {"add": self.dice.sample(["a", "b", "c"], 2), "remove": ["d"]}
        return body | more.get(verb, {})

    def _body(self, verb: str) -> Any:
        if verb == "reassign":
            return {"agent_id": self.dice.choice(self.agents)} | ({"note": "Yours"} if self.dice.random() < 0.3 else {})
        if verb == "reopen":
            return {"claim": self.dice.random() < 0.5}
        return BODIES.get(verb)


def one_of(dice: random.Random, pile: Sequence[str]) -> str:
    """Mostly one of a few, so that workers meet."""
    return dice.choice(pile[:8] if dice.random() < 0.5 else pile)


def settings(dice: random.Random) -> list[dict[str, Any]]:
    """Changes that leave the limit alone."""
    return [{"pause_bot_on_claim": dice.random() < 0.5}, {"stale_after_minutes": dice.randint(30, 60)}]


MESSAGES: dict[str, dict[str, Any]] = {
    "reply": {"kind": "reply"},
    "take-over": {"kind": "reply", "take_over": True},
    "note": {"kind": "note"},
    "customer": {},
}
ROUTES = {"undo": "release", "ask": "takeover-requests"}
BODIES: dict[str, dict[str, Any]] = {
    "undo": {"undo": True},
    "force-release": {"reason": "Testing"},
    "snooze": {"until_customer_replies": True},
}
