"""Files of a visitor: judged by content, sent once by who brought them in, read through signed links that expire."""

import httpx

from dibs import clock
from tests.ownership.checks import Time
from tests.support.house import House
from tests.support.visitors import Visitor, Widget, conversation_of, widget_of

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000030802000000368849d60000000c49444154789c63606060000000040001f61738550000"
    "000049454e44ae426082"
)
BYTES = {"Content-Type": "application/octet-stream"}


async def bring(visitor: Visitor, content: bytes = PNG, name: str = "photo.png") -> httpx.Response:
    """Uploads a file."""
    return await visitor.call("POST", "/files", content=content, params={"name": name}, headers=BYTES)


async def test_a_picture_is_sent_shown_and_kept(house: House, widget: Widget, page: httpx.AsyncClient) -> None:
    visitor = await widget.visitor()
    brought = await bring(visitor)
    assert brought.status_code == 201, brought.text
    assert brought.json() == {"id": brought.json()["id"], "name": "photo.png", "type": "image/png", "size": len(PNG)}
    written = await visitor.says("", files=[brought.json()["id"]])
    (shown,) = written["files"]
    assert (shown["width"], shown["height"]) == (2, 3)
    content = await page.get(shown["url"])
    assert content.content == PNG
    assert content.headers["content-type"] == "image/png"
    assert content.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in content.headers["content-security-policy"]
    row = await conversation_of(house)
    assert row["preview"] == "photo.png"
    (message,) = (await house.sam.get(f"/conversations/{row['id']}/messages")).json()["data"]
    assert message["attachments"][0]["id"] == brought.json()["id"]


async def test_what_a_browser_would_run_is_for_saving_only(widget: Widget, page: httpx.AsyncClient) -> None:
    visitor = await widget.visitor()
    for name, content in (
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("../../etc/passwd", b"root:x:0:0"),
        ('a"\r\nX-Injected: 1.txt', b"hello"),
    ):
        brought = await bring(visitor, content, name)
        assert brought.status_code == 201, brought.text
        written = await visitor.says("See", files=[brought.json()["id"]])
        answer = await page.get(written["files"][0]["url"])
        assert answer.headers["content-type"].split(";")[0] in ("application/octet-stream", "text/plain"), name
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "x-injected" not in answer.headers and "/" not in written["files"][0]["name"]


async def test_a_file_is_sent_by_who_brought_it_and_once(widget: Widget) -> None:
    visitor, other = await widget.visitor(), await widget.visitor()
    brought = (await bring(visitor)).json()["id"]
    assert (await other.say("Mine now", files=[brought])).status_code == 422
    assert (await visitor.say("Mine", files=[brought])).status_code == 201
    assert (await visitor.say("Again", files=[brought])).status_code == 422


async def test_a_link_is_good_for_its_file_and_for_a_day(widget: Widget, house: House, time: Time) -> None:
    visitor = await widget.visitor()
    first, second = ((await bring(visitor)).json()["id"], (await bring(visitor, b"text", "a.txt")).json()["id"])
    written = await visitor.says("Two", files=[first, second])
    url = httpx.URL(written["files"][0]["url"])
    other = await widget_of(house.ada)
    wrong = [
        url.copy_set_param("signature", "x" * 43),
        url.copy_set_param("until", str(int(url.params["until"]) + 1)),
        url.copy_with(path=url.path.replace(first, second)),
        url.copy_with(path=url.path.replace(widget.key, other.key)),
    ]
    for each in wrong:
        assert (await widget.http.get(each)).status_code == 403, each
    assert (await widget.http.get(url.copy_remove_param("signature"))).status_code == 422
    assert (await widget.http.get(url)).status_code == 200
    time.passes(minutes=25 * 60)
    answer = await widget.http.get(url)
    assert (answer.status_code, answer.json()["code"]) == (403, "link_expired")
    fresh = (await visitor.reads())[-1]["files"][0]["url"]
    assert (await widget.http.get(fresh)).status_code == 200


async def test_a_link_to_what_was_never_sent_leads_nowhere(widget: Widget, house: House) -> None:
    visitor = await widget.visitor()
    brought = (await bring(visitor)).json()["id"]
    until = clock.now() + clock.HOUR
    signature = house.core.keyring.sign(f"{widget.id} {brought} {until}", "widget file")
    answer = await widget.http.get(f"{widget.path}/files/{brought}?until={until}&signature={signature}")
    assert answer.status_code == 404


async def test_too_much_is_refused_and_nothing_stays(house: House, widget: Widget, app: object) -> None:
    visitor = await widget.visitor()
    house.core.max_upload_bytes = 1_000
    assert (await bring(visitor, b"x" * 1_001)).status_code == 413
    assert (await bring(visitor, b"")).status_code == 422
    assert (await visitor.call("POST", "/files", content=PNG, headers=BYTES)).status_code == 422
    assert [path for path in (house.core.data_dir / "files").rglob("*") if path.is_file()] == []
    for _ in range(10):
        assert (await bring(visitor)).status_code == 201
    assert (await bring(visitor)).status_code == 429
