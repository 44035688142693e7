import pytest

from dibs import ledger
from dibs.audit.verification import check, verify
from dibs.tx import Core
from tests.audit.chains import rows, tamper, workspace, write
from tests.support.house import House

MIDDLE = 6
CHANGES = {
    "id": "'aud_00000000000000000000000001'",
    "at": "at + 1",
    "actor": '\'{"type":"agent","id":"agt_1","name":"Kim","via":"ui"}\'',
    "actor_id": "'agt_00000000000000000000000001'",
    "action": "'tag.deleted'",
    "target": "'another'",
    "conversation_id": "'conv_00000000000000000000000001'",
    "before": "'{}'",
    "after": "'[]'",
    "reason": "'because'",
    "ip": "'192.0.2.1'",
    "request_id": "'r'",
    "hash": "'" + "0" * 64 + "'",
}


@pytest.fixture
async def ws(bare_core: Core) -> str:
    """A workspace with a dozen audit rows."""
    made = await workspace(bare_core)
    await write(bare_core, made, 8)
    await write(bare_core, made, 4, per_transaction=4)
    return made


async def test_an_audit_that_nobody_touched_verifies(bare_core: Core, ws: str) -> None:
    assert await verify(bare_core.database, ws) is None
    assert await check(bare_core.database, ws) == (len(await rows(bare_core, ws)), None)


async def test_more_rows_than_a_batch_verify(bare_core: Core, ws: str) -> None:
    await write(bare_core, ws, 1_100, per_transaction=550)
    assert (await check(bare_core.database, ws))[1] is None


async def test_texts_of_every_kind_verify(bare_core: Core, ws: str) -> None:
    after = {"ñ": '\U0001f642 \u2028 " \\', "n": [1, 2.5, None, True, {}], "big": 2**53 + 1, "small": 1e-9}
    await write(bare_core, ws, 1, after=after, reason="line\nline\ttab")
    assert await verify(bare_core.database, ws) is None


@pytest.mark.parametrize("column", CHANGES)
async def test_a_changed_row_is_found(bare_core: Core, ws: str, column: str) -> None:
    change = f"UPDATE audit_rows SET {column} = {CHANGES[column]} WHERE workspace_id = :ws AND seq = :seq"
    await tamper(bare_core, change, ws=ws, seq=MIDDLE)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == MIDDLE
    assert bad.problem


@pytest.mark.parametrize("place", ["first", "middle", "newest"])
async def test_a_deleted_row_is_found(bare_core: Core, ws: str, place: str) -> None:
    last = len(await rows(bare_core, ws))
    seq = {"first": 1, "middle": MIDDLE, "newest": last}[place]
    await tamper(bare_core, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq = :seq", ws=ws, seq=seq)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert (bad.seq, bad.id) == (seq, None)


async def test_an_audit_without_its_newest_rows_is_found(bare_core: Core, ws: str) -> None:
    await tamper(bare_core, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq > :seq", ws=ws, seq=MIDDLE)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == MIDDLE + 1


async def test_a_deleted_row_is_found_when_the_later_ones_move_up(bare_core: Core, ws: str) -> None:
    last = len(await rows(bare_core, ws))
    await tamper(bare_core, "DELETE FROM audit_rows WHERE workspace_id = :ws AND seq = :seq", ws=ws, seq=MIDDLE)
    for seq in range(MIDDLE + 1, last + 1):
        move = "UPDATE audit_rows SET seq = seq - 1 WHERE workspace_id = :ws AND seq = :seq"
        await tamper(bare_core, move, ws=ws, seq=seq)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == MIDDLE


async def test_swapped_rows_are_found(bare_core: Core, ws: str) -> None:
    move = "UPDATE audit_rows SET seq = {} WHERE workspace_id = :ws AND seq = {}"
    await tamper(bare_core, move.format(-1, 4), move.format(4, 8), move.format(8, -1), ws=ws)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == 4


COPY = (
    "INSERT INTO audit_rows SELECT workspace_id, {} AS seq, 'aud_00000000000000000000000001', at, actor, actor_id,"
    " action, target, conversation_id, before, after, reason, ip, request_id, hash FROM audit_rows"
    " WHERE workspace_id = :ws AND seq = {}"
)


async def test_a_row_inserted_after_the_newest_is_found(bare_core: Core, ws: str) -> None:
    last = len(await rows(bare_core, ws))
    await tamper(bare_core, COPY.format(last + 1, last), ws=ws)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == last + 1


async def test_a_row_inserted_before_the_first_is_found(bare_core: Core, ws: str) -> None:
    await tamper(bare_core, COPY.format(0, 1), ws=ws)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == 0


async def test_a_row_inserted_between_two_others_is_found(bare_core: Core, ws: str) -> None:
    last = len(await rows(bare_core, ws))
    up = [
        f"UPDATE audit_rows SET seq = {seq + 1} WHERE workspace_id = :ws AND seq = {seq}" for seq in range(last, 4, -1)
    ]
    more = "UPDATE counters SET audit_seq = audit_seq + 1 WHERE workspace_id = :ws"
    await tamper(bare_core, *up, COPY.format(5, 4), more, ws=ws)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == 5


async def test_a_newest_row_that_was_rewritten_with_a_fitting_hash_is_found(bare_core: Core, ws: str) -> None:
    *_, before, newest = await rows(bare_core, ws)
    last = newest.seq
    forged = ledger.chain(before.hash, last, newest._asdict() | {"reason": "another"})
    change = "UPDATE audit_rows SET reason = 'another', hash = :hash WHERE workspace_id = :ws AND seq = :seq"
    await tamper(bare_core, change, ws=ws, seq=last, hash=forged)
    bad = await verify(bare_core.database, ws)
    assert bad is not None
    assert bad.seq == last


async def test_another_workspace_does_not_matter(bare_core: Core, ws: str) -> None:
    other = await workspace(bare_core, "Neighbour")
    await tamper(bare_core, "DELETE FROM audit_rows WHERE workspace_id = :ws", ws=other)
    assert await verify(bare_core.database, ws) is None
    assert await verify(bare_core.database, other) is not None


async def test_an_admin_verifies_over_the_api(house: House) -> None:
    answer = await house.ada.post("/audit/verify")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body.pop("rows") > 0
    assert body == {"ok": True, "first_bad": None}


async def test_the_answer_names_the_first_bad_row(house: House) -> None:
    bad = (await rows(house.core, house.workspace_id))[2]
    change = "UPDATE audit_rows SET target = 'x' WHERE workspace_id = :ws AND seq = :seq"
    await tamper(house.core, change, ws=house.workspace_id, seq=bad.seq)
    body = (await house.ada.post("/audit/verify", {})).json()
    assert body["ok"] is False
    assert body["first_bad"]["seq"] == bad.seq
    assert body["first_bad"]["id"] == bad.id


async def test_an_agent_a_viewer_and_a_narrow_key_cannot_verify(house: House) -> None:
    narrow = await house.person("Max", "admin", scopes=["conversations:read"])
    for person in (house.sam, house.vic, narrow):
        answer = await person.post("/audit/verify")
        assert answer.status_code == 403, answer.text
        assert answer.json()["needs"] == "admin"


async def test_verify_refuses_a_body_with_members(house: House) -> None:
    assert (await house.ada.post("/audit/verify", {"workspace": "x"})).status_code == 422


async def test_nobody_verifies_without_a_key(house: House) -> None:
    assert (await house.http.post("/v1/audit/verify")).status_code == 401


async def test_a_repeated_verify_with_a_key_answers_the_same(house: House) -> None:
    first = await house.ada.post("/audit/verify", idempotency_key="once")
    await house.conversation()
    again = await house.ada.post("/audit/verify", idempotency_key="once")
    assert again.content == first.content
    assert again.headers["Idempotent-Replay"] == "true"
