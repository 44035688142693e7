"""POST /v1/contacts/{id}/merge."""

import asyncio

from tests.support.house import House


async def test_conversations_identities_and_what_was_lacking_move_over(house: House) -> None:
    one = await house.claimed_by(house.sam, contact={"external_id": "a1", "email": "ana@example.com"})
    two = await house.conversation(contact={"phone": "+34600123456", "name": "Ana"})
    merged, into = one["contact"]["id"], two["contact"]["id"]
    answer = await house.kim.post(f"/contacts/{merged}/merge", {"into": into})
    assert answer.status_code == 200
    kept = answer.json()
    assert (kept["id"], kept["name"], kept["email"], kept["phone"]) == (into, "Ana", "ana@example.com", "+34600123456")
    after = await house.read(one["id"])
    assert after["contact"] == {"id": into, "name": "Ana"}
    assert {**after, "contact": 0} == {**one, "contact": 0}
    assert (await house.sam.get(f"/contacts/{merged}")).json() == kept
    again = await house.conversation(contact={"external_id": "a1"})
    assert again["contact"]["id"] == into
    listed = (await house.sam.get("/conversations", contact=merged)).json()["data"]
    assert {row["id"] for row in listed} == {one["id"], two["id"], again["id"]}
    assert [row["id"] for row in (await house.sam.get("/contacts")).json()["data"]] == [into]
    assert len((await house.sam.get("/search", q="ana")).json()["data"]) == 1


async def test_a_merge_is_audited_once(house: House) -> None:
    one, two = [(await house.sam.post("/contacts", {"name": name})).json()["id"] for name in ("A", "B")]
    for _ in range(2):
        assert (await house.sam.post(f"/contacts/{one}/merge", {"into": two})).status_code == 200
    (row,) = (await house.ada.get("/audit", action="contact.merged")).json()["data"]
    assert row["target"] == one


async def test_a_redelivery_after_the_merge_is_still_known(house: House) -> None:
    contact = {"external_id": "a1"}
    one = await house.conversation(contact=contact)
    body = {"text": "Hi", "external_id": "m1"}
    assert (await house.sam.post(f"/conversations/{one['id']}/customer-messages", body)).status_code == 201
    two = (await house.sam.post("/contacts", {"name": "B"})).json()["id"]
    await house.sam.post(f"/contacts/{one['contact']['id']}/merge", {"into": two})
    assert (await house.sam.post(f"/conversations/{one['id']}/customer-messages", body)).status_code == 200


async def test_what_cannot_be_merged_is_refused(house: House) -> None:
    one, two, three = [(await house.sam.post("/contacts", {"name": name})).json()["id"] for name in "ABC"]
    for body in ({"into": one}, {}, {"into": 1}, {"into": two, "more": 1}):
        assert (await house.sam.post(f"/contacts/{one}/merge", body)).status_code == 422
    await house.sam.post(f"/contacts/{one}/merge", {"into": two})
    assert (await house.sam.post(f"/contacts/{three}/merge", {"into": one})).status_code == 422
    assert (await house.sam.post(f"/contacts/{one}/merge", {"into": three})).status_code == 422
    await house.sam.post(f"/contacts/{two}/merge", {"into": three})
    assert (await house.sam.get(f"/contacts/{one}")).json()["id"] == three


async def test_two_merges_in_opposite_directions_leave_one_contact(house: House) -> None:
    one, two = [(await house.conversation())["contact"]["id"] for _ in range(2)]
    answers = await asyncio.gather(
        house.sam.post(f"/contacts/{one}/merge", {"into": two}), house.kim.post(f"/contacts/{two}/merge", {"into": one})
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert len((await house.sam.get("/contacts")).json()["data"]) == 1
