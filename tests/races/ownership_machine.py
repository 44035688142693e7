"""Random verbs by random people, on the product and on the model: the two must agree after each."""

import asyncio
import copy
from collections import Counter
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, ClassVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dibs import clock
from dibs.accounts import agents
from dibs.accounts.preferences import Preferences
from dibs.accounts.settings import SettingsChanges
from dibs.accounts.workspaces import change_settings
from dibs.actor import Actor
from dibs.app import connect
from dibs.conversations import claims, creation, lifecycle, replies, staleness, sweeper, takeovers
from dibs.db.open import database
from dibs.errors import Refusal
from dibs.pools import pools
from dibs.settings import Settings
from dibs.tx import Core, Tx, transaction
from tests.races.facts import complaints, waiting
from tests.races.model import Model
from tests.races.model_state import LIMIT, Agent, Conversation, Refused
from tests.support.house import House, build

PEOPLE = st.sampled_from(["sam", "kim", "ada", "vic"])
ONE = st.integers(0, 2)
GUARD = st.sampled_from([None, None, "now", "old"])
Verb = Callable[[Tx], Awaitable[Any]]


class World:
    """The database that all examples share, and the loop in which it lives."""

    def __init__(self, settings: Settings) -> None:
        self.runner = asyncio.Runner()
        self.core = Core(database(settings))
        connect(self.core)
        self.run(self.core.database.open())
        self.now = clock.now()
        self.verdicts: Counter[str] = Counter()

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def close(self) -> None:
        self.run(self.core.database.close())
        self.runner.close()


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
            changes = {"max_claims_per_agent": LIMIT, "auto_release_enabled": auto_release, "pause_bot_on_claim": pause}
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

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
    def claim(self, n: int, who: str, guard: str | None) -> None:
        self.simple("claim", n, who, guard, claims.claim)

    @rule(n=ONE, who=PEOPLE, guard=GUARD, hand_back=st.booleans())
    def release(self, n: int, who: str, guard: str | None, hand_back: bool) -> None:
        self.simple("release", n, who, guard, claims.release, hand_back=hand_back)

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
    def undo(self, n: int, who: str, guard: str | None) -> None:
        self.simple("undo", n, who, guard, claims.undo)

    @rule(n=ONE, who=PEOPLE, guard=GUARD, reason=st.sampled_from([None, "Away"]))
    def force_release(self, n: int, who: str, guard: str | None, reason: str | None) -> None:
        self.simple("force_release", n, who, guard, claims.force_release, reason=reason)

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
    def hand_back(self, n: int, who: str, guard: str | None) -> None:
        self.simple("hand_back", n, who, guard, claims.hand_back)

    @rule(n=ONE, who=PEOPLE, to=PEOPLE, guard=GUARD)
    def reassign(self, n: int, who: str, to: str, guard: str | None) -> None:
        epoch, one = self.epoch(n, guard), self.ids[n]
        self.both(
            "reassign",
            who,
            lambda m: m.reassign(m.conversations[n], who, to, epoch),
            lambda tx: claims.reassign(tx, one, self.agent_id(to), epoch=epoch),
        )

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
    def resolve(self, n: int, who: str, guard: str | None) -> None:
        self.simple("resolve", n, who, guard, lifecycle.resolve)

    @rule(n=ONE, who=PEOPLE, guard=GUARD, claim=st.booleans())
    def reopen(self, n: int, who: str, guard: str | None, claim: bool) -> None:
        self.simple("reopen", n, who, guard, lifecycle.reopen, claim=claim)

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
    def archive(self, n: int, who: str, guard: str | None) -> None:
        self.simple("archive", n, who, guard, lifecycle.archive)

    @rule(n=ONE, who=PEOPLE, guard=GUARD, minutes=st.sampled_from([None, -1, 1, 45]))
    def snooze(self, n: int, who: str, guard: str | None, minutes: int | None) -> None:
        until, epoch, one = minutes and self.model.now + minutes * clock.MINUTE, self.epoch(n, guard), self.ids[n]
        self.both(
            "snooze",
            who,
            lambda m: m.snooze(m.conversations[n], who, epoch, until=until),
            lambda tx: lifecycle.snooze(tx, one, epoch=epoch, until=until, until_reply=until is None),
        )

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
    def wake(self, n: int, who: str, guard: str | None) -> None:
        self.simple("wake", n, who, guard, lifecycle.wake)

    @rule(n=ONE, who=PEOPLE, guard=GUARD, take_over=st.booleans())
    def reply(self, n: int, who: str, guard: str | None, take_over: bool) -> None:
        epoch, one = self.epoch(n, guard), self.ids[n]
        self.both(
            "reply",
            who,
            lambda m: m.reply(m.conversations[n], who, epoch, take_over=take_over),
            lambda tx: replies.reply(tx, one, replies.Reply(text="Hello", epoch=epoch, take_over=take_over)),
        )

    @rule(n=ONE)
    def customer_writes(self, n: int) -> None:
        one = self.ids[n]
        self.both(
            "customer_writes",
            "ada",
            lambda m: m.customer_writes(m.conversations[n]),
            lambda tx: creation.customer_message(tx, one, "ok"),
        )

    @rule(n=ONE, who=PEOPLE, guard=GUARD)
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

    @rule(n=ONE, who=PEOPLE, which=st.integers(0, 2), verb=st.sampled_from(["accept", "accept", "decline", "cancel"]))
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

    @rule(who=st.sampled_from(["sam", "kim"]))
    def leave_or_come_back(self, who: str) -> None:
        active = self.model.agents[who].active

        async def change(tx: Tx) -> Any:
            return await agents.change(tx, self.agent_id(who), {"active": not active})

        def predict(model: Model) -> None:
            if active:
                model.leave(who)
            else:
                model.agents[who].active = True

        row = self.both("leave" if active else "come_back", "olga", predict, change)
        self.world.run(agents.release_what_they_hold(self.world.core, self.actors["olga"], row))

    @rule(who=st.sampled_from(["sam", "kim"]))
    def switch_auto_claim(self, who: str) -> None:
        agent = self.model.agents[who]
        agent.auto_claim = not agent.auto_claim
        preferences = Preferences(auto_claim_on_reply=agent.auto_claim)
        self.world.run(self._attempt(who, lambda tx: agents.change_preferences(tx, preferences)))

    @rule(minutes=st.sampled_from([0.05, 0.2, 3, 6, 31, 121]))
    def time_passes(self, minutes: float) -> None:
        self.world.now += round(minutes * clock.MINUTE)
        self.model.now = self.world.now

    @rule()
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
        rows = {row.id: row for row in self._rows("SELECT * FROM conversations WHERE workspace_id = :ws")}
        names = {actor.id: name for name, actor in self.actors.items()}
        for one, c in zip(self.ids, self.model.conversations, strict=True):
            row = rows[one]
            found = (row.status, names.get(row.assignee_id), row.epoch, bool(row.bot_paused), bool(row.stale))
            assert found == (c.status, c.holder, c.epoch, c.paused, c.stale)
            assert (row.snoozed_until, row.message_count) == (c.until, c.messages)
        states = {
            row.id: row.state for row in self._rows("SELECT id, state FROM takeover_requests WHERE workspace_id = :ws")
        }
        for of, c in zip(self.requests, self.model.conversations, strict=True):
            assert [states[request] for request in of] == [ask.state for ask in c.asks]

    def _rows(self, sql: str) -> list[Any]:
        found: list[Any] = self.world.run(self.house.rows(sql))
        return found

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        ended = "SELECT conversation_id, ended_as FROM claims WHERE workspace_id = :ws AND ended_at IS NOT NULL ORDER BY epoch"
        rows = self._rows(ended)
        for one, c in zip(self.ids, self.model.conversations, strict=True):
            assert [row.ended_as for row in rows if row.conversation_id == one] == c.ended
        assert self.world.run(complaints(self.house, limit=LIMIT)) == []
