"""GET /v1/search, and `q` on lists."""

from typing import Any

import pytest

from tests.support.house import House, Person

QUOTES = ['"', "'", "\\", "`", "%", "_", "🙂", "¿?", "a\tb\nc"]
OPERATORS = [
    "a AND",
    "NOT",
    "OR b",
    "NEAR(a b)",
    "*",
    "a*b",
    "text:hola",
    "(",
    ")",
    "a | b",
    "!",
    "a:*",
    "<->",
    "{a}",
    "^a",
    "-a",
]
LETTERS = ["ø", "ﬁ", "İ", "ß", "x" * 200, "a b c d e f g h i j k", "\u0301", "नमस्ते", "日本語", "٣"]
AWKWARD = [*QUOTES, *OPERATORS, *LETTERS]


async def found(person: Person, q: str, **params: Any) -> list[dict[str, Any]]:
    answer = await person.get("/search", q=q, **params)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["data"]
    return rows


async def test_messages_notes_and_contacts_are_found(house: House) -> None:
    made = await house.conversation(
        "My parcel from Zaragoza is lost", contact={"name": "Zacarías Peña", "phone": "+34600123456"}
    )
    await house.sam.post(f"/conversations/{made['id']}/messages", {"kind": "note", "text": "Ask the zoo"})
    assert [(row["kind"], row["conversation_id"]) for row in await found(house.vic, "parcel")] == [
        ("message", made["id"])
    ]
    (note,) = await found(house.vic, "zoo")
    assert (note["kind"], note["snippet"], note["contact_id"]) == ("note", "Ask the zoo", None)
    (contact,) = await found(house.vic, "zacarias")
    assert contact["kind"] == "contact"
    assert contact["contact_id"] == made["contact"]["id"]
    assert contact["snippet"] == "Zacarías Peña +34600123456"
    assert {row["kind"] for row in await found(house.vic, "za")} == {"message", "contact"}


async def test_case_and_accents_do_not_matter_and_the_last_word_may_be_a_beginning(house: House) -> None:
    await house.conversation("¿Dónde está mi FACTURA nº 123/2026? Straße, Привет, naïve:café")
    for q in (
        "donde esta",
        "DÓNDE ESTÁ",
        "fact",
        "mi factu",
        "123 2026",
        "straße",
        "ПРИВЕТ",
        "привет",
        "naive cafe",
        "cafe",
    ):
        assert len(await found(house.sam, q)) == 1, q
    for q in ("donde nunca", "fact mi zz", "actura"):
        assert await found(house.sam, q) == [], q


@pytest.mark.parametrize("q", AWKWARD)
async def test_no_text_is_an_error(house: House, q: str) -> None:
    await house.conversation("a b c hola")
    await found(house.sam, q)
    assert (await house.sam.get("/conversations", q=q)).status_code == 200
    assert (await house.sam.get("/contacts", q=q)).status_code == 200


async def test_search_stays_in_its_workspace(house: House, neighbour: House) -> None:
    await neighbour.conversation("secret words", contact={"name": "Secret Person"})
    assert await found(house.ada, "secret") == []
    assert (await house.ada.get("/conversations", view="any", q="secret")).json()["data"] == []
    assert (await house.ada.get("/contacts", q="secret")).json()["data"] == []
    assert len(await found(neighbour.ada, "secret")) == 2


async def test_pages_hold_every_match_once(house: House) -> None:
    made = [(await house.conversation(f"order {'order ' * n}"))["id"] for n in range(5)]
    whole = [row["conversation_id"] for row in await found(house.sam, "order")]
    assert sorted(whole) == sorted(made)
    paged: list[str] = []
    cursor: dict[str, str] = {}
    for _ in range(5):
        answer = (await house.sam.get("/search", q="order", limit=2, **cursor)).json()
        paged += [row["conversation_id"] for row in answer["data"]]
        if answer["next_cursor"] is None:
            break
        # What arrives meanwhile does not shift the pages.
        await house.conversation("order order order order order order order order")
        cursor = {"cursor": answer["next_cursor"]}
    assert paged == whole
    assert (await house.sam.get("/search", q="orders", **cursor)).status_code == 422


async def test_what_says_more_of_it_comes_first(house: House) -> None:
    once = await house.conversation(
        "refund and many other words about something else entirely, at great length, as people do"
    )
    often = await house.conversation("refund refund refund")
    assert [row["conversation_id"] for row in await found(house.sam, "refund")] == [often["id"], once["id"]]


async def test_a_long_message_is_shown_around_the_word(house: House) -> None:
    await house.conversation("padding " * 100 + "needle " + "padding " * 100)
    (row,) = await found(house.sam, "NEEDLE")
    assert "needle" in row["snippet"]
    assert len(row["snippet"]) <= 165


async def test_system_lines_are_not_found(house: House) -> None:
    made = await house.conversation("hello")
    await house.sam.post(f"/conversations/{made['id']}/claim")
    assert len(await found(house.sam, "hello")) == 1


async def test_lists_take_the_same_words(house: House) -> None:
    parcel = await house.conversation("My parcel is lost")
    other = await house.conversation("Something else", contact={"name": "Parcela Ruiz"})
    assert {row["id"] for row in (await house.sam.get("/conversations", q="parcel")).json()["data"]} == {
        parcel["id"],
        other["id"],
    }
    assert [row["id"] for row in (await house.sam.get("/conversations", q="parcel lost")).json()["data"]] == [
        parcel["id"]
    ]
    assert (await house.sam.get("/conversations", q="parcel", view="mine")).json()["data"] == []
    assert [row["name"] for row in (await house.sam.get("/contacts", q="parcela")).json()["data"]] == ["Parcela Ruiz"]


async def test_a_renamed_contact_is_found_by_the_new_name_only(house: House) -> None:
    made = await house.conversation(contact={"name": "Oldname"})
    await house.sam.patch(f"/contacts/{made['contact']['id']}", {"name": "Newname"})
    assert await found(house.sam, "oldname") == []
    assert len(await found(house.sam, "newname")) == 1


async def test_a_search_without_words_is_refused_when_empty(house: House) -> None:
    for params in ({}, {"q": ""}, {"q": "x" * 201}, {"q": "a\0"}):
        assert (await house.sam.get("/search", **params)).status_code == 422
