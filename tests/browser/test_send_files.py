"""Files: chosen, pasted, dropped; limits told before anything is sent; shown where they are, saved under their name."""

import re
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, expect

from tests.browser.conftest import Sit
from tests.support.desk import Desk
from tests.support.inbox import held, log, thread, until

pytestmark = pytest.mark.timeout(240)

AGENT = 2
# One pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def _ready(desk: Desk) -> Locator:
    return desk.page.get_by_role("list", name="Files to send").get_by_role("listitem")


async def _choose(desk: Desk, *files: tuple[str, str, bytes]) -> None:
    payload = [FilePayload(name=name, mimeType=kind, buffer=content) for name, kind, content in files]
    await desk.page.locator("input[data-attach]").set_input_files(payload)


async def test_files_go_with_a_message_and_are_shown(sit: Sit) -> None:
    desk = await sit(AGENT)
    conversation = await held(desk, channel="api")
    await desk.show(conversation)
    await _choose(desk, ("label.png", "image/png", PNG), ("terms.pdf", "application/pdf", b"%PDF-1.4\n%x"))
    await expect(_ready(desk)).to_have_count(2)
    await desk.composer.fill("Here is your label.")
    await desk.page.get_by_role("button", name=re.compile("^Send to")).click()
    await expect(_ready(desk)).to_have_count(0)
    picture = log(desk).get_by_role("link", name="Open the picture label.png")
    await expect(picture.locator("img")).to_have_js_property("complete", True)
    assert await picture.locator("img").evaluate("it => it.naturalWidth") == 1
    file = log(desk).get_by_role("link", name=re.compile("terms.pdf"))
    await expect(file).to_have_attribute("download", "terms.pdf")
    (sent,) = await thread(desk, conversation, "reply")
    assert [each["name"] for each in sent["attachments"]] == ["label.png", "terms.pdf"]


async def test_a_file_alone_is_a_message(sit: Sit) -> None:
    desk = await sit(AGENT)
    conversation = await held(desk, channel="api")
    await desk.show(conversation)
    send = desk.page.get_by_role("button", name=re.compile("^Send to"))
    await expect(send).to_be_disabled()
    await _choose(desk, ("label.png", "image/png", PNG))
    await expect(send).to_be_enabled()
    await send.click()
    await until(lambda: thread(desk, conversation, "reply"), "it is sent")


async def test_what_is_too_large_is_said_before_it_is_sent(sit: Sit, tmp_path: Path) -> None:
    desk = await sit(AGENT)
    await desk.show(await held(desk, channel="api"))
    limit = (await desk.call("GET", "/me"))["limits"]["upload_bytes"]
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url) if "/v1/files" in request.url else None)
    large = tmp_path / "film.mp4"
    with large.open("wb") as film:
        film.truncate(limit + 1)
    await desk.page.locator("input[data-attach]").set_input_files(large)
    await expect(_ready(desk)).to_contain_text("Too large")
    await desk.composer.fill("The film.")
    await expect(desk.page.get_by_role("button", name=re.compile("^Send to"))).to_be_disabled()
    assert asked == []
    await desk.page.get_by_role("button", name="Remove film.mp4").click()
    await expect(desk.page.get_by_role("button", name=re.compile("^Send to"))).to_be_enabled()
    await desk.composer.fill("")


async def test_more_than_ten_are_not_taken(sit: Sit) -> None:
    desk = await sit(AGENT)
    await desk.show(await held(desk, channel="api"))
    await _choose(desk, *((f"{number}.txt", "text/plain", b"hello") for number in range(11)))
    await expect(_ready(desk)).to_have_count(10)
    await expect(desk.page.get_by_text("only the first 10 were added").first).to_be_visible()


@pytest.mark.parametrize("way", ["paste", "drop"])
async def test_files_come_by_clipboard_and_by_drag(sit: Sit, way: str) -> None:
    desk = await sit(AGENT)
    await desk.show(await held(desk, channel="api"))
    await desk.composer.focus()
    await desk.composer.evaluate(
        """(box, way) => {
          const data = new DataTransfer();
          data.items.add(new File(["hello"], "note.txt", { type: "text/plain" }));
          const init = { bubbles: true, cancelable: true };
          const event = way === "paste"
            ? new ClipboardEvent("paste", { ...init, clipboardData: data })
            : new DragEvent("drop", { ...init, dataTransfer: data });
          box.dispatchEvent(event);
        }""",
        way,
    )
    await expect(_ready(desk)).to_contain_text("note.txt")
    await expect(desk.page.get_by_text("1 file is attached")).to_be_attached()
    await desk.page.get_by_role("button", name="Remove note.txt").click()
    await expect(desk.composer).to_be_focused()


async def test_a_refused_upload_says_so_and_is_not_sent(sit: Sit) -> None:
    desk = await sit(AGENT)
    await desk.show(await held(desk, channel="api"))
    problem = '{"type":"/problems/too_large","status":413,"code":"too_large","detail":"No room for this one."}'
    await desk.page.route(
        re.compile("/v1/files$"),
        lambda route: route.fulfill(status=413, content_type="application/problem+json", body=problem),
    )
    await _choose(desk, ("label.png", "image/png", PNG))
    await expect(_ready(desk).get_by_role("alert")).to_have_text("No room for this one.")
    await expect(desk.page.get_by_role("button", name=re.compile("^Send to"))).to_be_disabled()
    desk.troubles[:] = [each for each in desk.troubles if "413" not in each]
