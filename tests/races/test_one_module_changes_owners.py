"""One module alone changes an owner: the database refuses everybody else, and nobody else tries."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from dibs import clock
from dibs.conversations import departures, staleness
from dibs.conversations.changes import LostUpdate, change
from dibs.conversations.locks import lock
from dibs.tx import Core, transaction
from tests.races.conftest import Tell
from tests.races.facts import complaints, waiting
from tests.races.mutants import owner_elsewhere
from tests.races.owner_guard import install
from tests.support.house import House, Person

SOURCE = Path(__file__).parents[2] / "src" / "dibs"
THE_ONE = SOURCE / "conversations" / "ownership.py"
SEED = re.compile(r"seed")
RAW = re.compile(r"(UPDATE|INTO)\s+conversations\b[^;]*assignee_id", re.IGNORECASE | re.DOTALL)


async def ok(person: Person, path: str, body: Any = None) -> dict[str, Any]:
    answer = await person.post(path, body)
    assert answer.status_code in (200, 201), f"{path}: {answer.status_code} {answer.text}"
    told: dict[str, Any] = answer.json()
    return told


async def single_verbs(house: House, one: str) -> None:
    """Every single way in which a conversation comes to an owner or loses one."""
    sam, kim, ada, path = house.sam, house.kim, house.ada, f"/conversations/{one}"
    await ok(sam, f"{path}/claim")
    await ok(sam, f"{path}/release", {"undo": True})
    await ok(sam, f"{path}/claim")
    await ok(sam, f"{path}/release", {"reason": "shift_end"})
    await ok(ada, f"{path}/reassign", {"agent_id": sam.id})
    await ok(sam, f"{path}/reassign", {"agent_id": kim.id, "note": "For you"})
    asked = await ok(sam, f"{path}/takeover-requests")
    await ok(kim, f"/takeover-requests/{asked['id']}/accept")
    await ok(sam, f"{path}/hand-back")
    await ok(kim, f"{path}/claim")
    await ok(ada, f"{path}/force-release", {"reason": "Kim is away"})
    await ok(kim, f"{path}/claim")
    await ok(kim, f"{path}/snooze", {"until_customer_replies": True})
    await ok(kim, f"{path}/wake")
    await ok(ada, f"{path}/messages", {"kind": "reply", "text": "I take over", "take_over": True})
    await ok(ada, f"{path}/messages", {"kind": "reply", "text": "Done", "then": "resolve"})
    await ok(sam, f"{path}/reopen", {"claim": True})
    await ok(sam, f"{path}/resolve", {"note": "All good"})
    await ok(sam, f"{path}/archive")
    await ok(ada, f"{path}/customer-messages", {"text": "One more thing"})
    assert (await sam.patch("/agents/me/preferences", {"auto_claim_on_reply": True})).status_code == 200
    await ok(sam, f"{path}/messages", {"kind": "reply", "text": "Yes?"})


async def many_verbs(house: House, pile: list[str]) -> None:
    """The same for many at once, for the next in the queue and for new ones."""
    sam, kim, ada, ids = house.sam, house.kim, house.ada, {"conversation_ids": pile}
    assert (await ok(sam, "/conversations/bulk/claim", ids))["claimed"] == len(pile)
    assert (await ok(sam, "/conversations/bulk/reassign", ids | {"agent_id": kim.id}))["done"] == len(pile)
    assert (await ok(kim, "/conversations/bulk/release", ids | {"hand_back": True}))["done"] == len(pile)
    assert (await ok(kim, "/conversations/bulk/claim", ids))["claimed"] == len(pile)
    assert (await ok(ada, "/conversations/bulk/resolve", ids))["done"] == len(pile)
    await waiting(house, 1)
    await ok(sam, "/conversations/claim-next")
    await ok(
        sam, "/conversations", {"contact": {"name": "Cy", "external_id": "cy"}, "direction": "outbound", "text": "Hi"}
    )


async def timers(house: House, one: str) -> None:
    """Auto-release, and the departure of an owner."""
    await house.settings(stale_after_minutes=1, auto_release_after_minutes=1, auto_release_enabled=True)
    await ok(house.kim, f"/conversations/{one}/claim")
    async with house.core.database.transaction() as opened:
        for sql in (
            "UPDATE claims SET started_at = :ago, warned_at = :ago + 1, due_at = 1 WHERE conversation_id = :one",
            "UPDATE agents SET last_active_at = 0 WHERE id = :kim",
        ):
            given = {"ago": clock.now() - clock.HOUR, "one": one, "kim": house.kim.id}
            used = {name: value for name, value in given.items() if f":{name}" in sql}
            await opened.run(text(sql).bindparams(**used))
    await staleness.look(house.core, house.workspace_id, one)
    assert (await house.read(one))["assignee"] is None
    await ok(house.kim, f"/conversations/{one}/claim")
    await departures.release_all(house.core, await house.ada.actor(), house.kim.id)
    assert (await house.read(one))["assignee"] is None


async def test_every_ordinary_verb_passes_the_guard(house: House) -> None:
    await install(house.core)
    first, second, *pile = await waiting(house, 7)
    await single_verbs(house, first)
    await timers(house, second)
    await many_verbs(house, pile)
    assert await complaints(house) == []


async def elsewhere(house: House, mutant: Any, one: str, *, told: bool) -> None:
    """A transaction in which the mutant writes an owner; `told`: with an audit row, as every change has."""
    async with transaction(house.core, await house.sam.actor()) as tx:
        await mutant(tx, one, house.sam.id)
        if told:
            tx.audit("tag.created", one)


@pytest.mark.parametrize(
    ("mutant", "guard"),
    [
        (owner_elsewhere.take, "owner_has_epoch"),
        (owner_elsewhere.take_with_epoch, "owner_has_spell"),
        (owner_elsewhere.drop_with_epoch, "owner_has_spell"),
    ],
)
async def test_an_owner_that_is_written_elsewhere_is_refused(house: House, mutant: Any, guard: str, tell: Tell) -> None:
    await install(house.core)
    one = (await house.claimed_by(house.kim))["id"]
    if mutant is owner_elsewhere.take_with_epoch:
        await house.kim.post(f"/conversations/{one}/release")
    before = await house.read(one)
    with pytest.raises(Exception, match=guard):
        await elsewhere(house, mutant, one, told=True)
    assert await house.read(one) == before
    tell(f"caught {mutant.__name__}: {guard}")


async def test_an_unrecorded_change_of_owner_is_refused_too_or_found(house: House) -> None:
    await install(house.core)
    (one,) = await waiting(house, 1)
    if house.core.database.dialect.name == "postgresql":
        with pytest.raises(Exception, match="owner_has_spell"):
            await elsewhere(house, owner_elsewhere.take_with_epoch, one, told=False)
        assert await complaints(house) == []
        return
    # SQLite lets it pass until the next recorded transaction.
    await elsewhere(house, owner_elsewhere.take_with_epoch, one, told=False)
    assert await complaints(house) != []
    body = {"contact": {"name": "Cy"}, "message": {"text": "Hello"}}
    assert (await house.ada.post("/conversations", body)).status_code >= 500


async def test_the_plain_way_to_change_a_row_refuses_an_owner(house: House, core: Core) -> None:
    one = (await house.conversation())["id"]
    async with transaction(core, await house.sam.actor()) as tx:
        row = await lock(tx, one)
        for name in ("assignee_id", "epoch", "claimed_at", "claimed_via"):
            with pytest.raises(LostUpdate):
                await change(tx, row, **{name: None})


def writers(tree: ast.AST) -> Iterator[ast.AST]:
    """Whatever in a module writes an `assignee_id` that is not None into conversations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and RAW.search(node.value):
            yield node
        if not isinstance(node, ast.Call) or not isinstance(node.func, (ast.Attribute, ast.Name)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        into_other = name == "values" and "conversations" not in ast.unparse(node.func)
        if name in ("values", "change") and not into_other and any(map(_is_owner, _given(node))):
            yield node


def _given(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
    for argument in [*call.args, *(k.value for k in call.keywords if k.arg is None)]:
        for part in ast.walk(argument):
            if isinstance(part, ast.Dict):
                yield from ((ast.unparse(k), v) for k, v in zip(part.keys, part.values, strict=True) if k is not None)


def _is_owner(given: tuple[str, ast.expr]) -> bool:
    name, value = given
    return "assignee_id" in name and not (isinstance(value, ast.Constant) and value.value is None)


def test_no_other_module_writes_an_owner() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path != THE_ONE and not SEED.search(path.name) and any(writers(ast.parse(path.read_text())))
    }
    assert found == set()
    assert any(writers(ast.parse(THE_ONE.read_text()))), "the search finds nothing at all"
    assert any(writers(ast.parse(Path(owner_elsewhere.__file__).read_text()))), "the search misses the mutant"


def test_nobody_but_ownership_begins_or_ends_a_spell() -> None:
    # A turn of the bot ends, too: only who knows the table of claims can end one of those.
    pattern = re.compile(r"(?s)\bclaims\b.*(insert\(claims\)|ended_at=|ended_as=bindparam)")
    found = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path != THE_ONE and not SEED.search(path.name) and pattern.search(path.read_text())
    }
    assert found == set()
