"""Files that customers send: the message is there at once, its file once it is fetched, and nothing is lost."""

import time
from typing import Any

import pytest

from dibs.channels.whatsapp import media
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.delivery import outbox, worker
from dibs.files.content import path_of
from tests.support.graph import PNG, of_kind
from tests.support.whatsapp import Line

NOW = int(time.time())
Made = dict[str, Any]
_take = outbox.take


async def send(line: Line, kind: str = "image", content: bytes = PNG, mime: str = "image/png", **more: Any) -> Made:
    """A customer sends a file; its conversation."""
    line.graph.media["2754859441498128"] = (mime, content)
    given = {"id": "2754859441498128", "mime_type": mime, "sha256": "x", **more}
    await line.tell(messages=[of_kind("wamid.F", kind, given, NOW)])
    return await line.conversation("wamid.F")


async def fetched(line: Line, conversation: Made) -> Made:
    """The message, once its file has come or was given up."""

    async def is_done() -> Made | None:
        (message,) = await line.thread(conversation)
        return None if "fetching" in message["details"] else message

    found: Made = await line.until(is_done)
    return found


@pytest.mark.parametrize(
    ("kind", "mime", "content", "name", "said"),
    [
        ("image", "image/png", PNG, "photo.png", "📷 Photo"),
        ("sticker", "image/webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"." * 30, "sticker.webp", "Sticker"),
        ("audio", "audio/ogg; codecs=opus", b"OggS" + b"\x00" * 60, "audio.", "🎤 Audio"),
        ("video", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 60, "video.mp4", "🎥 Video"),
    ],
)
async def test_each_kind_is_fetched_and_attached(
    line: Line, kind: str, mime: str, content: bytes, name: str, said: str
) -> None:
    message = await fetched(line, await send(line, kind, content, mime))
    (file,) = message["attachments"]
    assert file["name"].startswith(name) and file["size"] == len(content)
    assert (message["text"], message["details"]["kind"]) == (said, kind)
    (row,) = await line.house.rows("SELECT * FROM files WHERE workspace_id = :ws")
    assert path_of(line.house.core, row.stored_as).read_bytes() == content
    assert row.message_id == message["id"]


async def test_a_caption_is_the_text_and_a_document_keeps_its_name(line: Line) -> None:
    pdf = b"%PDF-1.4\n" + b"." * 50
    more = {"caption": "My bill", "filename": "bill.pdf"}
    message = await fetched(line, await send(line, "document", pdf, "application/pdf", **more))
    assert message["text"] == "My bill"
    assert [(each["name"], each["type"]) for each in message["attachments"]] == [("bill.pdf", "application/pdf")]


async def test_the_type_is_judged_by_content(line: Line) -> None:
    message = await fetched(line, await send(line, "image", b"<html><script>alert(1)</script>", "image/png"))
    assert message["attachments"][0]["type"] == "application/octet-stream"


async def test_the_webhook_is_answered_before_the_file_is_there(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    monkeypatch.setattr("dibs.delivery.outbox.take", nothing)
    began = await send(line)
    (message,) = await line.thread(began)
    assert message["details"]["fetching"] == ["image"] and message["attachments"] == []
    assert not [call for call in line.graph.asked if "/2754859441498128" in call]


@pytest.mark.parametrize(("content", "why"), [(b"x" * 100_001, "limited"), (b"", "empty")], ids=["too large", "empty"])
async def test_what_cannot_be_kept_is_named_with_its_reason(line: Line, content: bytes, why: str) -> None:
    message = await fetched(line, await send(line, "image", content))
    assert message["attachments"] == []
    (dropped,) = message["details"]["dropped"]
    assert dropped.startswith("photo.png: ") and why in dropped


async def test_a_file_larger_than_whatsapp_says_is_cut_off_and_named(line: Line) -> None:
    line.graph.media["big"] = ("image/png", b"x" * 200_000)
    line.graph.store_url = f"{line.graph.url.removesuffix('/v26.0')}/store/big"
    message = await fetched(line, await send(line))
    assert "limited" in message["details"]["dropped"][0]


async def test_a_file_that_is_gone_is_named(line: Line) -> None:
    line.graph.fail(100, "Media not found", path="/2754859441498128")
    message = await fetched(line, await send(line))
    assert message["details"]["dropped"] == ["photo.png: Media not found"]


async def test_when_the_store_is_ill_it_is_tried_again(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dibs.delivery.outbox.BACK_OFF", (0,))
    line.graph.trouble += [("/store/2754859441498128", 404, {}), ("/2754859441498128", 503, {"error": {"code": 2}})]
    message = await fetched(line, await send(line))
    assert len(message["attachments"]) == 1
    assert line.graph.asked.count("GET /v26.0/2754859441498128") == 3


async def test_a_crash_before_it_is_attached_fetches_it_again(
    line: Line, app: Any, monkeypatch: Any, time: Any
) -> None:
    async def nothing(*_: Any, **__: Any) -> list[Any]:
        return []

    monkeypatch.setattr("dibs.delivery.outbox.take", nothing)
    began = await send(line)
    fetching = media.deliverer(WHATSAPP, app.state.outbound)
    (entry,) = await _take(line.house.core.database, most=10)
    await fetching.send(line.house.core, entry)
    time.passes(minutes=3)
    (again,) = await _take(line.house.core.database, most=10)
    await worker.hand_over(line.house.core, fetching, again)
    # Whoever was taken for dead and comes back attaches nothing.
    await worker.hand_over(line.house.core, fetching, entry)
    (message,) = await line.thread(began)
    assert len(message["attachments"]) == 1 and "fetching" not in message["details"]


async def test_the_address_of_a_file_is_called_through_the_guard(line: Line, app: Any) -> None:
    line.graph.store_url = "file:///etc/passwd"
    message = await fetched(line, await send(line))
    assert message["attachments"] == [] and "https://" in message["details"]["dropped"][0]
