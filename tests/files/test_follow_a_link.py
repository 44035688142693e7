"""A file's content: who gets it, how it is served, and what a signed link opens for how long."""

from typing import Any

import httpx
import pytest

from tests.ownership.checks import Time
from tests.support.house import House
from tests.support.uploads import HTML, PDF, PNG, SVG, brought_in


async def sent(house: House, content: bytes = PNG, name: str = "photo.png") -> dict[str, Any]:
    """A file that Sam sent to a customer, as anybody may see it."""
    held = await house.claimed_by(house.sam)
    mine = await brought_in(house.sam, content, name)
    body = {"kind": "reply", "text": "Here", "attachments": [mine["id"]]}
    assert (await house.sam.post(f"/conversations/{held['id']}/messages", body)).status_code == 201
    found: dict[str, Any] = (await house.vic.get(f"/files/{mine['id']}")).json()
    return found


def gone(answer: httpx.Response) -> bool:
    return (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_link_needs_no_credentials_and_shows_a_picture(house: House) -> None:
    file = await sent(house)
    answer = await house.http.get(file["url"])
    assert (answer.status_code, answer.content) == (200, PNG)
    headers = answer.headers
    assert headers["content-type"] == "image/png"
    assert headers["content-disposition"].startswith('inline; filename="photo.png"')
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["cache-control"] == "private, max-age=3600"
    own = await house.vic.get(f"/files/{file['id']}/content")
    assert (own.content, own.headers["cross-origin-resource-policy"]) == (PNG, "same-origin")
    part = await house.http.get(file["url"], headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PNG")
    assert (await house.http.get(file["url"], headers={"Range": "bytes=99999-"})).status_code == 416
    assert (await house.http.head(file["url"])).headers["content-length"] == str(len(PNG))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (HTML, "evil.html", "application/octet-stream"),
        (SVG, "evil.svg", "application/octet-stream"),
        (PDF, "a.pdf", "application/pdf"),
        (b"just words", "a.txt", "text/plain; charset=utf-8"),
    ],
)
async def test_everything_but_pictures_is_saved_and_never_shown(
    house: House, content: bytes, name: str, kind: str
) -> None:
    answer = await house.http.get((await sent(house, content, name))["url"])
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_name_cannot_leave_its_header(house: House) -> None:
    file = await sent(house, PNG, 'Año "nuevo"; é\r\nX-Evil: 1.png')
    answer = await house.http.get(file["url"])
    assert answer.status_code == 200
    assert "x-evil" not in answer.headers
    said = answer.headers["content-disposition"]
    assert said.isascii()
    assert "filename*=UTF-8''A%C3%B1o%20" in said
    assert said.count('"') == 2


async def test_a_link_that_was_changed_opens_nothing(house: House, neighbour: House) -> None:
    file, other = await sent(house), await sent(house, PDF, "a.pdf")
    _, _, ws, this, expires, signature, name = file["url"].split("/")
    theirs = await sent(neighbour)
    signature_of_other = other["url"].split("/")[5]
    for parts in (
        (ws, this, expires, signature[:-1], name),
        (ws, this, expires, "A" * 43, name),
        (ws, this, expires, signature_of_other, name),
        (ws, this, expires, "ü", name),
        (ws, this, str(int(expires) + 1), signature, name),
        (ws, this, "9" * 15, signature, name),
        (ws, this, "9" * 40, signature, name),
        (ws, this, "-1", signature, name),
        (ws, this, "١٢٣", signature, name),
        (ws, other["id"], expires, signature, name),
        (ws, theirs["id"], expires, signature, name),
        (neighbour.workspace_id, this, expires, signature, name),
        (neighbour.workspace_id, theirs["id"], expires, signature, name),
        ("ws_x", this, expires, signature, name),
        (ws, "file_x", expires, signature, name),
    ):
        assert gone(await house.http.get("/files/" + "/".join(parts))), parts
    # The name is for people.
    assert (await house.http.get(f"/files/{ws}/{this}/{expires}/{signature}/other")).content == PNG


async def test_a_link_ends_after_an_hour_or_a_little_more(house: House, time: Time) -> None:
    file = await sent(house)
    assert (await house.vic.get(f"/files/{file['id']}")).json()["url"].split("/")[2:4] == file["url"].split("/")[2:4]
    time.passes(minutes=59)
    assert (await house.http.get(file["url"])).status_code == 200
    time.passes(minutes=32)
    assert gone(await house.http.get(file["url"]))
    fresh = (await house.vic.get(f"/files/{file['id']}")).json()["url"]
    assert (await house.http.get(fresh)).content == PNG


async def test_before_it_is_sent_a_file_is_its_owners_alone(house: House) -> None:
    mine = await brought_in(house.sam)
    assert (await house.sam.get(f"/files/{mine['id']}/content")).content == PNG
    for person in (house.kim, house.ada, house.olga):
        assert gone(await person.get(f"/files/{mine['id']}"))
        assert gone(await person.get(f"/files/{mine['id']}/content"))
    unsent_link = mine["url"]
    assert (await house.http.get(unsent_link)).content == PNG
    held = await house.claimed_by(house.sam)
    body = {"kind": "note", "text": "Look", "attachments": [mine["id"]]}
    assert (await house.sam.post(f"/conversations/{held['id']}/messages", body)).status_code == 201
    # It belongs to a conversation now: the link from before is over, as any is when that changes.
    assert gone(await house.http.get(unsent_link))
    assert (await house.kim.get(f"/files/{mine['id']}/content")).content == PNG


async def test_who_may_not_read_conversations_reads_no_files(house: House, neighbour: House) -> None:
    file = await sent(house)
    blind = await house.person("Blind", scopes=["contacts:read"])
    for path in (f"/files/{file['id']}", f"/files/{file['id']}/content"):
        assert gone(await neighbour.olga.get(path))
        assert (await blind.get(path)).status_code == 403
        assert (await house.http.get("/v1" + path)).status_code == 401
    for bad in ("file_x", "x", "file_" + "0" * 26, file["id"].lower()):
        assert gone(await house.sam.get(f"/files/{bad}/content"))
