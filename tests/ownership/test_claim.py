"""Claim: the first committed one wins, everybody else is told who holds it."""

from tests.support.house import House


async def test_an_agent_claims_an_unclaimed_conversation(house: House) -> None:
    conversation = await house.conversation()
    answer = await house.sam.post(f"/conversations/{conversation['id']}/claim")
    assert answer.status_code == 200
    claimed = answer.json()
    assert claimed["assignee"] == {"id": house.sam.id, "name": "Sam"}
    assert (claimed["epoch"], claimed["status"], claimed["claimed_via"]) == (1, "open", "api")
    assert claimed["claimed_at"] is not None
    assert claimed["unclaimed_since"] is None
    assert claimed["bot_paused"] is True
    assert claimed == await house.read(conversation["id"])


async def test_what_is_mine_already_stays_as_it_is(house: House) -> None:
    mine = await house.claimed_by(house.sam)
    again = await house.sam.post(f"/conversations/{mine['id']}/claim", {"epoch": mine["epoch"]})
    assert (again.status_code, again.json()) == (200, mine)
    assert len(await house.rows("SELECT id FROM claims WHERE workspace_id = :ws")) == 1


async def test_another_agents_conversation_is_refused_with_the_holder(house: House) -> None:
    held = await house.claimed_by(house.sam)
    answer = await house.kim.post(f"/conversations/{held['id']}/claim")
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "already_claimed"
    assert problem["assignee"] == {"id": house.sam.id, "name": "Sam"}
    assert (problem["epoch"], problem["claimed_at"]) == (1, held["claimed_at"])
    assert await house.read(held["id"]) == held


async def test_an_admin_cannot_claim_over_an_agent(house: House) -> None:
    held = await house.claimed_by(house.sam)
    assert (await house.ada.post(f"/conversations/{held['id']}/claim")).status_code == 409


async def test_a_viewer_cannot_claim(house: House) -> None:
    conversation = await house.conversation()
    answer = await house.vic.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, answer.json()["code"], answer.json()["needs"]) == (403, "forbidden", "agent")


async def test_a_key_without_the_scope_cannot_claim(house: House) -> None:
    conversation = await house.conversation()
    reader = await house.person("Rea", scopes=["conversations:read"])
    answer = await reader.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, answer.json()["needs"]) == (403, "conversations:write")


async def test_a_closed_conversation_cannot_be_claimed(house: House) -> None:
    conversation = await house.conversation()
    for verb, status in (("resolve", "resolved"), ("archive", "archived")):
        assert (await house.sam.post(f"/conversations/{conversation['id']}/{verb}")).status_code == 200
        answer = await house.kim.post(f"/conversations/{conversation['id']}/claim")
        assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (
            409,
            "conversation_closed",
            status,
        )


async def test_a_snoozed_conversation_is_woken_by_a_claim(house: House) -> None:
    conversation = await house.conversation()
    await house.sam.post(f"/conversations/{conversation['id']}/snooze", {"until_customer_replies": True})
    answer = await house.kim.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, answer.json()["status"]) == (200, "open")


async def test_an_old_epoch_is_refused(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    await house.sam.post(f"/conversations/{conversation['id']}/release")
    answer = await house.kim.post(f"/conversations/{conversation['id']}/claim", {"epoch": 1})
    assert (answer.status_code, answer.json()["code"], answer.json()["epoch"]) == (409, "stale_epoch", 2)
    assert (await house.read(conversation["id"]))["assignee"] is None


async def test_an_agent_outside_a_matching_pool_is_told_which(house: House) -> None:
    pool = await house.pool("Billing", house.kim, tags=["billing"])
    conversation = await house.conversation(tags=["billing"])
    answer = await house.sam.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, answer.json()["code"]) == (403, "pool_restricted")
    assert answer.json()["pools"] == [{"id": pool["id"], "name": "Billing"}]
    assert answer.json()["agent_id"] == house.sam.id
    assert (await house.kim.post(f"/conversations/{conversation['id']}/claim")).status_code == 200


async def test_an_agent_must_be_in_every_matching_pool(house: House) -> None:
    await house.pool("Billing", house.kim, tags=["billing"])
    senior = await house.pool("Senior", house.sam, priorities=["urgent"])
    conversation = await house.conversation(tags=["billing"])
    await house.sam.patch(f"/conversations/{conversation['id']}", {"priority": "urgent"})
    answer = await house.kim.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, [each["id"] for each in answer.json()["pools"]]) == (403, [senior["id"]])


async def test_the_limit_refuses_and_says_how_many_are_held(house: House) -> None:
    await house.settings(max_claims_per_agent=1)
    await house.claimed_by(house.sam)
    conversation = await house.conversation()
    answer = await house.sam.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, answer.json()["code"]) == (409, "claim_limit_reached")
    assert (answer.json()["limit"], answer.json()["held"], answer.json()["agent_id"]) == (1, 1, house.sam.id)


async def test_lowering_the_limit_takes_nothing_away_and_a_resolved_one_makes_room(house: House) -> None:
    held = [await house.claimed_by(house.sam) for _ in range(3)]
    other = await house.conversation()
    await house.settings(max_claims_per_agent=2)
    assert [(await house.read(each["id"]))["assignee"]["id"] for each in held] == [house.sam.id] * 3
    for each in held[:2]:
        assert (await house.sam.post(f"/conversations/{other['id']}/claim")).json()["limit"] == 2
        await house.sam.post(f"/conversations/{each['id']}/resolve")
    assert (await house.sam.post(f"/conversations/{other['id']}/claim")).status_code == 200


async def test_with_the_pause_setting_off_the_bot_keeps_answering(house: House) -> None:
    await house.settings(pause_bot_on_claim=False)
    assert (await house.claimed_by(house.sam))["bot_paused"] is False


async def test_an_unknown_foreign_or_malformed_conversation_is_not_found(house: House, neighbour: House) -> None:
    foreign = await neighbour.conversation()
    for conversation_id in (foreign["id"], "conv_01ARZ3NDEKTSV4RRFFQ69G5FAV", "conv_", "nonsense", "%00", "0"):
        answer = await house.sam.post(f"/conversations/{conversation_id}/claim")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), conversation_id
    assert (await neighbour.read(foreign["id"]))["assignee"] is None


async def test_a_browser_claims_through_the_app_and_the_bot_never_claims(house: House) -> None:
    conversation = await house.conversation()
    bot = await house.person("Bo", scopes=["bot", "conversations:read"])
    answer = await bot.post(f"/conversations/{conversation['id']}/claim")
    assert (answer.status_code, answer.json()["needs"]) == (403, "conversations:write")
    signed_in = await house.http.post("/v1/sessions", json={"email": house.sam.email, "password": house.sam.password})
    assert signed_in.status_code == 201
    claimed = (await house.http.post(f"/v1/conversations/{conversation['id']}/claim")).json()
    assert (claimed["assignee"]["id"], claimed["claimed_via"]) == (house.sam.id, "ui")


async def test_a_claim_writes_one_spell_one_audit_row_and_one_event(house: House) -> None:
    conversation = await house.claimed_by(house.sam)
    spells = await house.rows("SELECT agent_id, epoch, via, ended_at FROM claims WHERE workspace_id = :ws")
    assert [(each.agent_id, each.epoch, each.via, each.ended_at) for each in spells] == [(house.sam.id, 1, "api", None)]
    for table, column in (("audit_rows", "action"), ("events", "kind")):
        rows = await house.rows(
            f"SELECT conversation_id FROM {table} WHERE workspace_id = :ws AND {column} = 'conversation.claimed'"
        )
        assert [row.conversation_id for row in rows] == [conversation["id"]]
