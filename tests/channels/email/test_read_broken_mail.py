"""What mails have in them, and what is made of it: texts, charsets, quotes, HTML, files, names."""

import base64
import time
from typing import Any

import pytest

from dibs.channels.email import markup, parsing
from dibs.channels.email.quotes import fold


def read(head: str, body: str | bytes = "", **more: Any) -> parsing.Mail:
    raw = head.strip().replace("\n", "\r\n").encode("utf-8", "surrogateescape") + b"\r\n\r\n"
    return parsing.read(raw + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()), **more)


@pytest.mark.parametrize(
    ("declared", "raw", "text"),
    [
        ("utf-8", "señor".encode(), "señor"),
        ("us-ascii", "señor".encode(), "señor"),
        ("iso-8859-1", "señor".encode("latin-1"), "señor"),
        ("iso-8859-1", "“señor” €".encode("cp1252"), "“señor” €"),
        ("iso-8859-1", "señor".encode(), "señor"),
        ("x-nonsense", "señor".encode("latin-1"), "señor"),
        ("", "señor".encode("latin-1"), "señor"),
        ("hex", b"zz", "zz"),
        ("idna", b"plain", "plain"),
        ("utf-8", b"half \xc3", "half \ufffd"),
        ("gb2312", "我的订单".encode("gb18030"), "我的订单"),
        ("koi8-r", "Счёт".encode("koi8-r"), "Счёт"),
        ("utf-8\x00", b"x", "x"),
    ],
)
def test_a_charset_is_read_as_it_was_meant(declared: str, raw: bytes, text: str) -> None:
    assert read(f'From: a@b.example\nContent-Type: text/plain; charset="{declared}"', raw).text == text


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("Ana Ruiz <ANA@example.com>", "ana@example.com", "Ana Ruiz"),
        ('"Ruiz, Ana" <ana@example.com>', "ana@example.com", "Ruiz, Ana"),
        ("=?utf-8?q?Se=C3=B1or?= <ana@example.com>", "ana@example.com", "Señor"),
        ("=?utf-8?b?broken <ana@example.com>", "ana@example.com", "=?utf-8?b?broken"),
        ("ana@example.com (Ana)", "ana@example.com", "Ana"),
        ("Señor <ana@example.com>", "ana@example.com", "Señor"),
        ("<<ana@example.com>>", "ana@example.com", ""),
        ("Ana <ana@example.com", "ana@example.com", "Ana"),
        ("a@b@example.com", None, None),
        ("Ana", None, "Ana"),
        ("", None, ""),
    ],
)
def test_a_sender_is_found(written: str, address: str | None, name: str | None) -> None:
    mail = read(f"From: {written}\nSubject: x", "text")
    if name is not None:
        assert (mail.from_address, mail.from_name) == (address, name)


def test_a_form_that_writes_for_a_customer_names_the_customer() -> None:
    mail = read("From: Shop <no-reply@shop.example>\nReply-To: Ana <ana@example.com>", "text")
    assert (mail.from_address, mail.from_name) == ("ana@example.com", "Ana")
    assert read("From: b@c.example\nReply-To: ana@example.com", "text").from_address == "b@c.example"


QUOTES = [
    ("Thanks!\n\nOn Mon, 3 Mar 2025 at 10:00, Support <s@h.example> wrote:\n> Hello\n> there", "Thanks!"),
    ("Thanks!\n\nOn Mon, 3 Mar 2025 at 10:00, Support\n<s@h.example> wrote:\n> Hello", "Thanks!"),
    ("Gracias\n\nEl lun, 3 mar 2025 a las 10:00, Soporte (<s@h.example>) escribió:\n\n> Hola", "Gracias"),
    ("Danke\n\nAm 03.03.25 um 10:00 schrieb Support:\n> Hallo", "Danke"),
    ("Merci\n\nLe lun. 3 mars 2025 à 10:00, Support a écrit :\n> Bonjour", "Merci"),
    ("Ok\n\n-----Original Message-----\nFrom: Support\nSent: Monday\n\nHello", "Ok"),
    ("Ok\n\n________________________________\nFrom: Support <s@h.example>\nSent: Monday\nTo: Ana\n\nHello", "Ok"),
    ("Ok\n\nVon: Support\nGesendet: Montag\nAn: Ana\nBetreff: Hallo\n\nHallo", "Ok"),
    ("Ok\n> quoted\n> more", "Ok"),
    # Not folded: answers between quoted lines, forwards, quotes alone, a sentence that only sounds like it.
    ("On Mon, Support wrote:\n> Question?\nAnswer.\n> Another?\nAnswer.", None),
    ("See below\n\n---------- Forwarded message ---------\nFrom: x\nDate: y\n\nHello", None),
    ("> only a quote", None),
    ("On Monday my friend wrote: nice\nbut that is not all", None),
    ("From: here\nto there", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "visible"), QUOTES)
def test_what_is_quoted_is_folded_and_nothing_else(text: str, visible: str | None) -> None:
    said, quoted = fold(text)
    assert said == (visible if visible is not None else text)
    assert (quoted is None) == (visible is None)
    assert fold(text, "Fwd: this")[1] is None


def test_folding_takes_no_time_on_purpose_made_text() -> None:
    began = time.monotonic()
    for text in ("On " * 6_000, ("On x wrote" * 20 + "\n") * 90, "From: a\n" * 2_000, "<" * 20_000, "a@" * 10_000):
        fold(text)
    assert time.monotonic() - began < 5


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#106;avascript:alert(1)'>x</a>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=https://x.example><input name=q></form>",
    "<p style='background:url(https://x.example/t.gif)'>x</p>",
    "<p style='position:fixed;top:0;width:100%'>x</p>",
    "<p style='color:red;background-color:u\\72l(https://x.example)'>x</p>",
    "<link rel=stylesheet href=https://x.example/a.css><style>@import 'https://x.example'</style>",
    "<meta http-equiv=refresh content='0;url=https://x.example'><base href=https://x.example>",
    "<object data=https://x.example></object><embed src=https://x.example>",
    "<video src=https://x.example autoplay><audio src=https://x.example>",
    "<img srcset='https://x.example/a.png 2x'>",
    "<td background=https://x.example/a.png>x</td>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<img src='data:text/html,<script>alert(1)</script>'>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_is_left_of_html(html: str) -> None:
    cleaned, remote = markup.sanitised(html, {})
    for shown in (cleaned, markup.document(cleaned, {}, remote=True).partition("</style>")[2]):
        for word in ("script", "onerror", "x.example", "position", "url(", "<form", "<style", "<link", "data:text"):
            assert word not in shown.lower(), (html, shown)
    assert remote == 0


def test_images_from_elsewhere_are_off_until_asked_for() -> None:
    html, remote = markup.sanitised('<img src="https://t.example/a.png" alt="logo"><img src="cid:One">', {"one": 3})
    assert remote == 1 and "cid:3" in html
    blocked = markup.document(html, {3: "data:image/png;base64,AAAA"}, remote=False)
    assert "t.example" not in blocked and "data:image/png;base64,AAAA" in blocked and markup.BLOCKED in blocked
    assert "https://t.example/a.png" in markup.document(html, {}, remote=True)


def test_deep_and_long_html_is_read_in_good_time() -> None:
    began = time.monotonic()
    for tag, times in (
        ("<div>", 1_000),
        ("<b>", 5_000),
        ("<table><tr><td>", 900),
        ("<a href=x>", 5_000),
        ("<", 300_000),
    ):
        html = tag * times
        cleaned, _ = markup.sanitised(html, {})
        markup.to_text(cleaned)
    assert time.monotonic() - began < 30


def test_html_becomes_readable_text() -> None:
    html = "<h1>Hi</h1><p>One<br>two</p><ul><li>a<li>b</ul><p>See <a href='https://x.example/y'>this</a></p>"
    quoted = "<div>On Mon, Ana wrote:</div><blockquote>Old<blockquote>Older</blockquote></blockquote>"
    mail = read("From: a@b.example\nContent-Type: text/html", html + quoted)
    assert mail.text == "Hi\n\nOne\ntwo\n\n- a\n- b\n\nSee this (https://x.example/y)"
    assert mail.quoted == "On Mon, Ana wrote:\n\n> Old\n>\n> > Older"


def test_a_long_text_is_kept_whole_as_a_file() -> None:
    mail = read("From: a@b.example", "word " * 10_000)
    assert len(mail.text) == parsing.LONGEST_TEXT
    (file,) = mail.files
    assert file.name == parsing.WHOLE_TEXT and len(file.content) == 49_999


def test_a_mail_without_text_shows_its_subject() -> None:
    assert read("From: a@b.example\nSubject: Call me back").text == "Call me back"


def test_what_cannot_be_read_comes_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RecursionError

    monkeypatch.setattr(parsing, "collect", broken)
    mail = read("From: Ana <a@b.example>\nSubject: Help", "text")
    assert (mail.from_address, mail.subject) == ("a@b.example", "Help")
    assert [file.name for file in mail.files] == ["mail.eml"]


def test_a_mail_of_a_thousand_parts_ends() -> None:
    part = "--b\nContent-Type: application/x; name=f\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    mail = read("From: a@b.example\nContent-Type: multipart/mixed; boundary=b", part * 1_000 + "--b--")
    assert len(mail.files) == 30 and "further parts" in mail.dropped


def test_a_mail_that_is_nested_a_thousand_times_ends() -> None:
    body = "".join(f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(1_000))
    mail = read('From: a@b.example\nContent-Type: multipart/mixed; boundary="b0"', body)
    assert mail.dropped or mail.files


def test_an_id_is_made_up_where_there_is_none_and_is_the_same_again() -> None:
    one, two = (read("From: a@b.example", "x").message_id for _ in range(2))
    assert one == two and one.endswith(parsing.MADE_UP)
    assert len(read(f"From: a@b.example\nMessage-ID: <{'x' * 3_000}@y>", "x").message_id) < 100


def test_a_file_name_is_one_line() -> None:
    name = base64.b64encode("ré\nsumé\x00.pdf".encode()).decode()
    head = f'From: a@b.example\nContent-Type: application/pdf; name="=?utf-8?b?{name}?="'
    assert read(f"{head}\nContent-Transfer-Encoding: base64", "AAAA").files[0].name == "ré sumé.pdf"


def test_html_that_is_nested_without_end_is_read_as_text() -> None:
    began = time.monotonic()
    mail = read("From: a@b.example\nContent-Type: text/html", "<div>" * 200_000 + "in the depth")
    assert (mail.text, mail.html) == ("in the depth", None) and mail.dropped
    assert time.monotonic() - began < 10
