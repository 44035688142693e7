"""A host page proves who its visitor is; who does not prove it sees nobody's history and takes nobody's identity."""

from typing import Any

from tests.support.house import House
from tests.support.visitors import Widget, conversation_of, signature, widget_of

ID, EMAIL = "user-7", "ana@example.com"


def _table(good: str, of_email: str, other: str, old: str) -> list[tuple[str, dict[str, Any], int]]:
    return [
        ("the id, signed", {"user_id": ID, "hash": good}, 200),
        ("the address, signed", {"email": EMAIL, "hash": of_email}, 200),
        ("the id, signed, with an address beside it", {"user_id": ID, "email": EMAIL, "hash": good}, 200),
        ("another id under this signature", {"user_id": "user-8", "hash": good}, 403),
        ("an id that begins like it", {"user_id": "user-70", "hash": good}, 403),
        ("the same id in capitals", {"user_id": ID.upper(), "hash": good}, 403),
        ("the id with a space behind it", {"user_id": ID + " ", "hash": good}, 403),
        ("the address under the id's signature", {"email": EMAIL, "hash": good}, 403),
        ("the id under the address's signature", {"user_id": ID, "email": EMAIL, "hash": of_email}, 403),
        ("signed by another widget", {"user_id": ID, "hash": other}, 403),
        ("signed with the secret of before", {"user_id": ID, "hash": old}, 403),
        ("an empty signature", {"user_id": ID, "hash": ""}, 403),
        ("half of the signature", {"user_id": ID, "hash": good[:32]}, 403),
        ("the signature and more", {"user_id": ID, "hash": good + "0"}, 403),
        ("the signature in capitals", {"user_id": ID, "hash": good.upper()}, 403),
        ("no signature", {"user_id": ID}, 422),
    ]


async def test_sixteen_signatures_are_judged_right(house: House, widget: Widget) -> None:
    old = widget.sign(ID)
    renewed = await house.ada.post(f"/channels/{widget.id}/identity-secret")
    widget.secret = renewed.json()["identity_secret"]
    other = await widget_of(house.ada)
    table = _table(widget.sign(ID), widget.sign(EMAIL), other.sign(ID), old)
    assert len(table) == 16
    right = 0
    for what, person, status in table:
        visitor = await widget.visitor()
        answer = await visitor.identify(**person)
        assert answer.status_code == status, f"{what}: {answer.text}"
        assert status != 403 or answer.json()["code"] == "identity_not_proven"
        assert (await house.rows("SELECT verified FROM visitors ORDER BY id DESC LIMIT 1"))[0].verified == (
            status == 200
        )
        right += 1
    print(f"{right} of {len(table)} judged right")


def test_the_signature_is_what_every_library_computes() -> None:
    # RFC 4231, test case 2.
    assert signature("Jefe", "what do ya want for nothing?") == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


async def test_a_proven_visitor_sees_their_history_on_another_device(house: House, widget: Widget) -> None:
    laptop, phone = await widget.visitor(), await widget.visitor()
    await laptop.identify(user_id=ID, name="Ana", hash=widget.sign(ID))
    await laptop.says("From my laptop")
    answer = await phone.identify(user_id=ID, hash=widget.sign(ID))
    assert [each["text"] for each in answer.json()["messages"]] == ["From my laptop"]
    assert answer.json()["verified"] is True and answer.json()["token"] is None
    await phone.says("From my phone")
    assert await laptop.texts() == ["From my laptop", "From my phone"]
    assert (await conversation_of(house))["contact"]["name"] == "Ana"


async def test_what_was_written_before_comes_along(house: House, widget: Widget) -> None:
    known = await house.ada.post("/contacts", {"external_id": ID, "name": "Ana"})
    visitor = await widget.visitor()
    await visitor.says("Before I signed in")
    await visitor.identify(user_id=ID, hash=widget.sign(ID))
    row = await conversation_of(house)
    assert row["contact"]["id"] == known.json()["id"]
    await visitor.says("After")
    assert await visitor.texts() == ["Before I signed in", "After"]
    assert (await house.read(row["id"]))["message_count"] == 2


async def test_history_of_another_widget_or_channel_is_not_shown(house: House, widget: Widget) -> None:
    await house.conversation("Through the API", contact={"external_id": ID})
    other = await widget_of(house.ada)
    there = await other.visitor()
    await there.identify(user_id=ID, hash=other.sign(ID))
    await there.says("On the other site")
    here = await widget.visitor()
    answer = await here.identify(user_id=ID, hash=widget.sign(ID))
    assert answer.json()["messages"] == []


async def test_an_unproven_address_shows_nothing_and_is_nobodys(house: House, widget: Widget) -> None:
    ana = await widget.visitor()
    await ana.identify(email=EMAIL, hash=widget.sign(EMAIL))
    await ana.says("My card number is 4242")
    thief = await widget.visitor()
    await thief.says("Hi, it is me", person={"email": EMAIL, "name": "Ana"})
    assert await thief.texts() == ["Hi, it is me"]
    row = await conversation_of(house)
    assert row["contact"]["name"] == "Ana"
    shown = (await house.sam.get(f"/contacts/{row['contact']['id']}")).json()
    assert shown["email"] == EMAIL
    owned = await house.rows("SELECT contact_id FROM contact_identities WHERE workspace_id = :ws AND kind = 'email'")
    assert [each.contact_id for each in owned] != [row["contact"]["id"]] and len(owned) == 1
    # Nor does a proof of theirs, for another address, bring it.
    await thief.identify(user_id="thief", email=EMAIL, hash=widget.sign("thief"))
    assert await thief.texts() == ["Hi, it is me"]


async def test_an_address_that_was_only_said_is_free_for_who_proves_it(house: House, widget: Widget) -> None:
    first = await widget.visitor()
    await first.says("Call me", person={"email": EMAIL})
    second = await widget.visitor()
    assert (await second.identify(email=EMAIL, hash=widget.sign(EMAIL))).json()["messages"] == []
    contacts = await house.rows("SELECT id FROM contacts WHERE workspace_id = :ws AND email = 'ana@example.com'")
    assert len(contacts) == 2


async def test_who_signs_in_after_somebody_else_is_a_new_visitor(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.identify(user_id=ID, hash=widget.sign(ID))
    await visitor.says("Ana's secret")
    anas = visitor.token
    answer = await visitor.identify(user_id="ben", hash=widget.sign("ben"))
    assert answer.json()["token"] and visitor.token != anas
    assert answer.json()["messages"] == []
    await visitor.says("Ben's")
    assert await visitor.texts() == ["Ben's"]
    visitor.token = anas
    assert await visitor.texts() == ["Ana's secret"]


async def test_a_known_contact_is_never_merged_into_whoever_proves_themselves(house: House, widget: Widget) -> None:
    visitor = await widget.visitor()
    await visitor.says("Hello")
    row = await conversation_of(house)
    edited = await house.ada.patch(f"/contacts/{row['contact']['id']}", {"phone": "+34600123456"})
    assert edited.status_code == 200, edited.text
    await visitor.identify(user_id="ben", hash=widget.sign("ben"))
    assert (await conversation_of(house))["contact"]["id"] == row["contact"]["id"]
    await visitor.says("More")
    assert await visitor.texts() == ["Hello", "More"]


async def test_an_agents_merge_lets_nobody_into_others_conversations(house: House, widget: Widget) -> None:
    ana, stranger = await widget.visitor(), await widget.visitor()
    await ana.says("I am Ana")
    anas = (await conversation_of(house))["contact"]["id"]
    await stranger.says("I may be Ana")
    strangers = (await conversation_of(house))["contact"]["id"]
    merged = await house.ada.post(f"/contacts/{strangers}/merge", {"into": anas})
    assert merged.status_code == 200, merged.text
    await stranger.says("What did I write?")
    assert await stranger.texts() == ["I may be Ana", "What did I write?"]
    assert await ana.texts() == ["I am Ana"]


MALFORMED: list[dict[str, object]] = [
    {"hash": "0" * 64},
    {"user_id": "", "hash": "0" * 64},
    {"user_id": 7, "hash": "0" * 64},
    {"user_id": "x" * 256, "hash": "0" * 64},
    {"user_id": "NUL \x00", "hash": "0" * 64},
    {"user_id": ID, "hash": 5},
    {"user_id": ID, "hash": "0" * 64, "verified": True},
]


async def test_a_malformed_identity_is_refused(widget: Widget) -> None:
    visitor = await widget.visitor()
    for body in MALFORMED:
        answer = await visitor.call("POST", "/identify", json=body)
        assert answer.status_code in (403, 422), (body, answer.text)


async def test_the_secret_is_shown_once_and_to_admins_only(house: House, widget: Widget) -> None:
    shown = await house.ada.get(f"/channels/{widget.id}")
    assert widget.secret not in shown.text and "identity_secret" not in shown.json()["settings"]
    assert (await house.sam.post(f"/channels/{widget.id}/identity-secret")).status_code == 403
    assert (await house.ada.post("/channels/chn_nonsense/identity-secret")).status_code == 404
    audit = (await house.ada.get("/audit")).text
    assert widget.secret not in audit and "identity secret renewed" in audit
    assert widget.secret not in "".join(str(vars(each)) for each in await house.rows("SELECT * FROM channels"))
