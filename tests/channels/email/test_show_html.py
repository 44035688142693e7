"""The HTML of a mail: a document with a policy of its own, for whoever may read the conversation."""

from email.message import EmailMessage
from typing import Any

import pytest

from tests.support.house import House
from tests.support.mail_house import SUPPORT, MailHouse

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x35\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
async def shown(post: MailHouse) -> dict[str, Any]:
    """A message that came as HTML, with a picture of its own and one from elsewhere."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "Ana <ana@example.com>", SUPPORT, "<html@example.com>"
    mail.set_content("Plain words")
    html = "<p>Rich words<script>alert(1)</script><img src='cid:pic'><img src='https://t.example/p.gif'></p>"
    mail.add_alternative(html, subtype="html")
    alternative = mail.get_payload()[1]  # type: ignore[index]
    alternative.add_related(PNG, "image", "png", cid="<pic>")  # type: ignore[union-attr]
    mail.add_attachment(b"", maintype="application", subtype="pdf", filename="empty.pdf")
    mail.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="bill.pdf")
    await post.hand_over(mail.as_bytes())
    return await post.message("<html@example.com>")


def path(message: dict[str, Any]) -> str:
    return f"/conversations/{message['conversation_id']}/messages/{message['id']}/html"


async def test_the_text_is_shown_and_the_html_is_a_document_apart(post: MailHouse, shown: dict[str, Any]) -> None:
    assert shown["text"] == "Plain words"
    assert shown["details"]["html"] is True and shown["details"]["remote_images"] == 1
    assert shown["details"]["dropped"] == ["empty.pdf (empty)"]
    assert [each["name"] for each in shown["attachments"]] == ["image", "bill.pdf"]
    answer = await post.house.vic.get(path(shown))
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Rich words" in answer.text and "data:image/png;base64,iVBOR" in answer.text
    assert "alert" not in answer.text and "t.example" not in answer.text


async def test_its_policy_lets_nothing_run_and_nothing_load(post: MailHouse, shown: dict[str, Any]) -> None:
    for images, sources in (("blocked", "data:"), ("allowed", "data: http: https:")):
        answer = await post.house.sam.get(path(shown), images=images)
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["img-src"] == sources
        assert policy["sandbox"] == "allow-popups allow-popups-to-escape-sandbox"
        assert "script-src" not in policy and policy["frame-ancestors"] == "'self'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert ("t.example" in answer.text) == (images == "allowed")


async def test_it_is_not_there_for_others(post: MailHouse, shown: dict[str, Any], neighbour: House) -> None:
    other = await post.write("Just text")
    assert (await neighbour.ada.get(path(shown))).status_code == 404
    assert (await post.house.http.get(f"/v1{path(shown)}")).status_code == 401
    assert (await post.house.sam.get(path(other))).status_code == 404
    elsewhere = shown | {"conversation_id": other["conversation_id"]}
    assert (await post.house.sam.get(path(elsewhere))).status_code == 404
    assert (await post.house.sam.get(path(shown | {"id": "msg_1"}))).status_code == 404
    assert (await post.house.sam.get(path(shown), images="some")).status_code == 422
    blind = await post.house.person("Bo", scopes=["contacts:read"])
    assert (await blind.get(path(shown))).status_code == 403
