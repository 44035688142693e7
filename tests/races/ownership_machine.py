"""Random verbs by random people, on the product and on the model: the two must agree after each."""

import copy
import inspect
import random
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, ClassVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Select, bindparam, select

from dibs import clock
from dibs.accounts import agents
from dibs.accounts.preferences import Preferences
from dibs.accounts.settings import SettingsChanges
from dibs.accounts.workspaces import change_settings
from dibs.actor import Actor
from dibs.conversations import claims, creation, lifecycle, replies, staleness, sweeper, takeovers
from dibs.conversations.tables import claims as spells
from dibs.conversations.tables import conversations, takeover_requests
from dibs.db.types import Id
from dibs.errors import Refusal
from dibs.pools import pools
from dibs.tx import Tx, transaction
from tests.races.facts import complaints, waiting
from tests.races.model import Model
from tests.races.model_state import LIMIT, Agent, Conversation, Refused
from tests.races.ownership_world import ASKED, GUARDS, MOVES, NAMES, WALK, World
from tests.support.house import House, build

PEOPLE, ONE, GUARD = st.sampled_from(NAMES), st.integers(0, 2), st.sampled_from(GUARDS)
_ws = bindparam("ws", type_=Id)
CONVERSATIONS = select(conversations).where(conversations.c.workspace_id == _ws)
REQUESTS = select(takeover_requests).where(takeover_requests.c.workspace_id == _ws)
ENDED = select(spells).where(spells.c.workspace_id == _ws, spells.c.ended_at.is_not(None)).order_by(spells.c.epoch)
Verb = Callable[[Tx], Awaitable[Any]]


class Ownership(RuleBasedStateMachine):
    """One workspace: Sam, Kim (in the pool), Ada the admin, Vic the viewer; three conversations, one for the pool."""

    world: ClassVar[World]
    house: House
    actors: dict[str, Actor]
    ids: list[str]
    # The ids of the take-over requests of each conversation, as the model numbers them.
    requests: list[list[str]]

    @initialize(auto_release=st.booleans(), pause=st.booleans())
    def begin(self, auto_release: bool, pause: bool) -> None:
        self.world.run(self._begin(auto_release=auto_release, pause=pause))

    async def _begin(self, *, auto_release: bool, pause: bool) -> None:
        async with httpx.AsyncClient() as unused:
            self.house = house = await build(self.world.core, unused, "Model")
        cast = {"sam": house.sam, "kim": house.kim, "ada": house.ada, "vic": house.vic, "olga": house.olga}
        self.actors = {name: await person.actor() for name, person in cast.items()}
        async with transaction(self.world.core, self.actors["olga"]) as tx:
            changes: dict[str, Any] = {
                "max_claims_per_agent": LIMIT,
                "auto_release_enabled": auto_release,
                "pause_bot_on_claim": pause,
            }
            await change_settings(tx, SettingsChanges(**changes))
            fields = {"name": "Billing", "members": [house.kim.id], "skill": None, "conditions": {"tags": ["billing"]}}
            await pools.create(tx, fields)
        self.ids = [*await waiting(house, 2), *await waiting(house, 1, tags=["billing"])]
        people = {"sam": Agent("agent"), "kim": Agent("agent", in_pool=True), "ada": Agent("admin")}
        three = [Conversation(pooled=False), Conversation(pooled=False), Conversation(pooled=True)]
        self.model = Model(people | {"vic": Agent("viewer")}, three, self.world.now, auto_release, pause)
        self.requests = [[], [], []]

    def both(self, name: str, who: str, predict: Callable[[Model], None], verb: Verb) -> Any:
        """Does it to the model and to the product: the same verdict, and the same state by the invariant."""
        before = copy.deepcopy(self.model)
        try:
            predict(self.model)
            predicted = "ok"
        except Refused as refused:
            self.model, predicted = before, refused.code
        result, actual = self.world.run(self._attempt(who, verb))
        assert actual == predicted, f"{who} {name}: the product says {actual}, the model {predicted}"
        self.world.verdicts[f"{name} {actual}"] += 1
        return result

    async def _attempt(self, who: str, verb: Verb) -> tuple[Any, str]:
        try:
            async with transaction(self.world.core, self.actors[who]) as tx:
                return await verb(tx), "ok"
        except Refusal as refusal:
            return None, refusal.code

    def epoch(self, n: int, guard: str | None) -> int | None:
        now = self.model.conversations[n].epoch
        return {"now": now, "old": max(0, now - 1)}[guard] if guard else None

    def agent_id(self, name: str) -> str:
        return str(self.actors[name].id)

    def simple(self, name: str, n: int, who: str, guard: str | None, verb: Any, **given: Any) -> None:
        epoch, one = self.epoch(n, guard), self.ids[n]
        self.both(
            name,
            who,
            lambda m: getattr(m, name)(m.conversations[n], who, epoch, **given),
            lambda tx: verb(tx, one, epoch=epoch, **given),
        )

    @rule(move=st.sampled_from(list(MOVES)), n=ONE, who=PEOPLE, guard=GUARD, pick=st.integers(0, 11))
    def one_move(self, move: str, n: int, who: str, guard: str | None, pick: int) -> None:
        """Anything, by anybody."""
        more = {name: values[pick % len(values)] for name, values in ASKED.get(move, {}).items()}
        self._move(move, {"n": n, "who": who, "guard": guard} | more)

    @rule(luck=st.binary(min_size=4, max_size=4))
    def walk(self, luck: bytes) -> None:
        """Moves that make sense more often than not: by chance alone the holder seldom acts."""
        dice = random.Random(luck)
        for _ in range(WALK):
            (move,) = dice.choices(list(MOVES), list(MOVES.values()))
            n = dice.choice(self._fitting(move) if dice.random() < 0.8 else [0, 1, 2])
            holder = self.model.conversations[n].holder
            who = holder if holder and move not in ("claim", "ask") and dice.random() < 0.6 else dice.choice(NAMES)
            more = {name: dice.choice(values) for name, values in ASKED.get(move, {}).items()}
            self._move(move, {"n": n, "who": who, "guard": dice.choice(GUARDS)} | more)
            self.the_product_is_as_the_model()

    def _fitting(self, move: str) -> list[int]:
        """The conversations in which the move could come to something."""
        held = [n for n, c in enumerate(self.model.conversations) if c.holder]
        asked = [n for n, c in enumerate(self.model.conversations) if any(ask.state == "open" for ask in c.asks)]
        free = [n for n in range(3) if n not in held]
        fitting = {"answer": asked, "claim": free, "reopen": free, "archive": free}.get(move, held)
        return fitting or [0, 1, 2]

    def _move(self, move: str, given: dict[str, Any]) -> None:
        takes = inspect.signature(getattr(self, move)).parameters
        getattr(self, move)(**{name: value for name, value in given.items() if name in takes})

    def claim(self, n: int, who: str, guard: str | None) -> None:
        self.simple("claim", n, who, guard, claims.claim)

    def release(self, n: int, who: str, guard: str | None, hand_back: bool) -> None:
        self.simple("release", n, who, guard, claims.release, hand_back=hand_back)

    def undo(self, n: int, who: str, guard: str | None) -> None:
        self.simple("undo", n, who, guard, claims.undo)

    def force_release(self, n: int, who: str, guard: str | None, reason: str | None) -> None:
        self.simple("force_release", n, who, guard, claims.force_release, reason=reason)

    def hand_back(self, n: int, who: str, guard: str | None) -> None:
        self.simple("hand_back", n, who, guard, claims.hand_back)

    def reassign(self, n: int, who: str, to: str, guard: str | None) -> None:
        epoch, one = self.epoch(n, guard), self.ids[n]
        self.both(
            "reassign",
            who,
            lambda m: m.reassign(m.conversations[n], who, to, epoch),
            lambda tx: claims.reassign(tx, one, self.agent_id(to), epoch=epoch),
        )

    def resolve(self, n: int, who: str, guard: str | None) -> None:
        self.simple("resolve", n, who, guard, lifecycle.resolve)

    def reopen(self, n: int, who: str, guard: str | None, claim: bool) -> None:
        self.simple("reopen", n, who, guard, lifecycle.reopen, claim=claim)

    def archive(self, n: int, who: str, guard: str | None) -> None:
        self.simple("archive", n, who, guard, lifecycle.archive)

    def snooze(self, n: int, who: str, guard: str | None, minutes: int | None) -> None:
        until, epoch, one = minutes and self.model.now + minutes * clock.MINUTE, self.epoch(n, guard), self.ids[n]
        self.both(
            "snooze",
            who,
            lambda m: m.snooze(m.conversations[n], who, epoch, until=until),
            lambda tx: lifecycle.snooze(tx, one, epoch=epoch, until=until, until_reply=until is None),
        )

    def wake(self, n: int, who: str, guard: str | None) -> None:
        self.simple("wake", n, who, guard, lifecycle.wake)

    def reply(self, n: int, who: str, guard: str | None, take_over: bool) -> None:
        epoch, one = self.epoch(n, guard), self.ids[n]
        self.both(
            "reply",
            who,
            lambda m: m.reply(m.conversations[n], who, epoch, take_over=take_over),
            lambda tx: replies.reply(tx, one, replies.Reply(text="Hello", epoch=epoch, take_over=take_over)),
        )

    def customer_writes(self, n: int) -> None:
        one = self.ids[n]
        self.both(
            "customer_writes",
            "ada",
            lambda m: m.customer_writes(m.conversations[n]),
            lambda tx: creation.customer_message(tx, one, "ok"),
        )

    def ask(self, n: int, who: str, guard: str | None) -> None:
        epoch, one = self.epoch(n, guard), self.ids[n]
        asked = self.both(
            "ask",
            who,
            lambda m: m.ask(m.conversations[n], who, epoch),
            lambda tx: takeovers.ask(tx, one, epoch=epoch),
        )
        if asked and asked[1]:
            self.requests[n].append(asked[0].id)

    def answer(self, n: int, who: str, which: int, verb: str) -> None:
        if which >= len(self.requests[n]):
            return
        number = len(self.requests[n]) - 1 - which
        request = self.requests[n][number]
        self.both(
            verb,
            who,
            lambda m: m.answer(m.conversations[n], who, number, verb),
            lambda tx: getattr(takeovers, verb)(tx, request),
        )

    def leave_or_come_back(self, who: str, leave: bool) -> None:
        active = self.model.agents[who].active
        if active and not leave:
            return

        async def change(tx: Tx) -> Any:
            return await agents.change(tx, self.agent_id(who), {"active": not active})

        def predict(model: Model) -> None:
            if active:
                model.leave(who)
            else:
                model.agents[who].active = True

        row = self.both("leave" if active else "come_back", "olga", predict, change)
        self.world.run(agents.release_what_they_hold(self.world.core, self.actors["olga"], row))

    def switch_auto_claim(self, who: str) -> None:
        agent = self.model.agents[who]
        agent.auto_claim = not agent.auto_claim
        preferences = Preferences(auto_claim_on_reply=agent.auto_claim)
        self.world.run(self._attempt(who, lambda tx: agents.change_preferences(tx, preferences)))

    def time_passes(self, minutes: float) -> None:
        self.world.now += round(minutes * clock.MINUTE)
        self.model.now = self.world.now

    def sweep(self) -> None:
        self.model.sweep()
        self.world.run(self._sweep())

    async def _sweep(self) -> None:
        core, ws = self.world.core, self.house.workspace_id
        for one in self.ids:
            await staleness.look(core, ws, one)
        for one in self.ids:
            await sweeper._wake(core, SimpleNamespace(workspace_id=ws, id=one))
        for request in [each for of in self.requests for each in of]:
            await sweeper._lapse(core, SimpleNamespace(workspace_id=ws, id=request))

    @invariant()
    def the_product_is_as_the_model(self) -> None:
        if not hasattr(self, "model"):
            return
        rows = {row.id: row for row in self._rows(CONVERSATIONS)}
        names = {actor.id: name for name, actor in self.actors.items()}
        for one, c in zip(self.ids, self.model.conversations, strict=True):
            row = rows[one]
            found = (row.status, names.get(row.assignee_id), row.epoch, bool(row.bot_paused), bool(row.stale))
            assert found == (c.status, c.holder, c.epoch, c.paused, c.stale)
            assert (row.snoozed_until, row.message_count) == (c.until, c.messages)
        states = {row.id: row.state for row in self._rows(REQUESTS)}
        for of, c in zip(self.requests, self.model.conversations, strict=True):
            assert [states[request] for request in of] == [ask.state for ask in c.asks]

    def _rows(self, statement: Select[Any]) -> list[Any]:
        found: list[Any] = self.world.run(self.world.core.database.run(statement, {"ws": self.house.workspace_id}))
        return found

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        rows = self._rows(ENDED)
        for one, c in zip(self.ids, self.model.conversations, strict=True):
            assert [row.ended_as for row in rows if row.conversation_id == one] == c.ended
        assert self.world.run(complaints(self.house, limit=LIMIT)) == []
