"""Admins write the articles that the bot answers from; whoever reads conversations reads them."""

from typing import Any

import pytest

from tests.support.house import House, Person

RETURNS = {"title": "Returns", "body": "# Returns\n\nWithin 30 days.", "language": "en"}


async def written(house: House, **more: Any) -> dict[str, Any]:
    answer = await house.ada.post("/articles", RETURNS | more)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_an_article_is_written_read_changed_and_deleted(house: House) -> None:
    made = await written(house)
    assert (made["title"], made["body"], made["published"], made["hand_to_human"], made["source"]) == (
        *("Returns", RETURNS["body"]),
        *(True, False, None),
    )
    path = f"/articles/{made['id']}"
    assert (await house.vic.get(path)).json() == made
    changed = (await house.ada.patch(path, {"hand_to_human": True, "published": False})).json()
    assert (changed["hand_to_human"], changed["published"], changed["title"]) == (True, False, "Returns")
    assert (await house.ada.delete(path)).json() == changed
    assert (await house.ada.get(path)).status_code == 404
    rows = await house.rows("SELECT action, target FROM audit_rows WHERE action LIKE 'article.%' ORDER BY seq")
    assert [(row.action, row.target) for row in rows] == [
        (f"article.{done}", made["id"]) for done in ("created", "updated", "deleted")
    ]


async def test_a_list_has_no_texts_and_comes_in_pages(house: House) -> None:
    made = [await written(house, title=f"Number {n}") for n in range(3)]
    first = (await house.vic.get("/articles", limit=2)).json()
    rest = (await house.vic.get("/articles", cursor=first["next_cursor"])).json()
    assert [each["id"] for each in [*first["data"], *rest["data"]]] == [each["id"] for each in made]
    assert all("body" not in each for each in first["data"])


async def test_its_language_is_detected_when_none_is_said(house: House) -> None:
    body = {"title": "Envíos", "body": "El envío dentro de España tarda de dos a tres días laborables."}
    assert (await house.ada.post("/articles", body)).json()["language"] == "es"
    assert (await house.ada.post("/articles", {"title": "42", "body": "42"})).json()["language"] == "en"


async def test_what_changes_nothing_is_not_audited(house: House) -> None:
    made = await written(house)
    assert (await house.ada.patch(f"/articles/{made['id']}", {"title": "Returns"})).json() == made
    assert await house.rows("SELECT id FROM audit_rows WHERE action = 'article.updated'") == []


@pytest.mark.parametrize("who", ["sam", "vic"])
async def test_only_admins_write(house: House, who: str) -> None:
    made, person = await written(house), getattr(house, who)
    assert isinstance(person, Person)
    path = f"/articles/{made['id']}"
    for answer in (
        await person.post("/articles", RETURNS),
        await person.post("/articles/import", {"url": "https://shop.example"}),
        await person.patch(path, {"title": "Mine"}),
        await person.delete(path),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert (await house.ada.get(path)).json() == made


async def test_a_key_without_the_scope_reads_only(house: House) -> None:
    small = await house.person("Pia", "admin", scopes=["conversations:read"])
    assert (await small.get("/articles")).status_code == 200
    assert (await small.post("/articles", RETURNS)).json()["needs"] == "admin"
    none = await house.person("Nia", "admin", scopes=["contacts:read"])
    assert (await none.get("/articles")).status_code == 403


BAD: list[dict[str, Any]] = [
    *({"title": title} for title in ("", " ", "x" * 201, None)),
    *({"body": body} for body in ("", "x" * 100_001, "a\x00b")),
    *({"language": language} for language in ("english", "e\x00", "")),
    {"published": "yes"},
    {"source": "file:x.md"},
    {"words": "x"},
]


async def test_what_is_no_article_is_refused(house: House) -> None:
    made = await written(house)
    for bad in BAD:
        assert (await house.ada.post("/articles", RETURNS | bad)).status_code == 422, bad
        assert (await house.ada.patch(f"/articles/{made['id']}", bad)).status_code == 422, bad
    assert (await house.ada.get(f"/articles/{made['id']}")).json() == made


async def test_an_empty_change_is_refused(house: House) -> None:
    made = await written(house)
    assert (await house.ada.patch(f"/articles/{made['id']}", {})).status_code == 422


async def test_the_longest_body_is_taken(house: House) -> None:
    made = await written(house, body="word " * 20_000)
    assert len((await house.ada.get(f"/articles/{made['id']}")).json()["body"]) == 100_000


async def test_a_neighbours_article_is_not_there(house: House, neighbour: House) -> None:
    made = await written(house)
    path = f"/articles/{made['id']}"
    for answer in (
        await neighbour.ada.get(path),
        await neighbour.ada.patch(path, {"title": "Mine"}),
        await neighbour.ada.delete(path),
        await neighbour.ada.get("/articles/art_1"),
    ):
        assert answer.status_code == 404
    assert (await neighbour.ada.get("/articles")).json()["data"] == []
