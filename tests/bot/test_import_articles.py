"""Articles from a web page, through the guarded client, and from a folder, on the command line."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dibs.outbound import Outbound
from dibs.settings import Settings
from tests.support.house import House
from tests.support.server import ROOT, _environment

PAGE = """<!doctype html><html><head><title>Shop | Returns</title><style>p{}</style></head><body>
<nav><a href="/">Home</a></nav><header>Big sale</header>
<main><h1>How to <em>return</em></h1>
<p>Within <b>30 days</b>, <a href="https://shop.example/label">print a label</a>.</p>
<script>alert(1)</script><img src="x" onerror="alert(1)"><ul><li>One</li><li>Two</li></ul>
<form><input name="q"></form></main><footer>Imprint</footer></body></html>"""


class Site:
    """A web site on loopback: what it answers at each path."""

    def __init__(self) -> None:
        self.port = 0
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[str] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split()[1]
        self.asked.append(path)
        status, kind, body = self.pages.get(path, (404, "text/html", b"<p>Not here"))
        more = "Location: https://elsewhere.example/\r\n" if status == 301 else ""
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{more}Connection: close\r\n\r\n".encode() + body)
        writer.close()


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    found = Site()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    async with server:
        yield found


async def brought_in(house: House, url: str, **more: Any) -> dict[str, Any]:
    answer = await house.ada.post("/articles/import", {"url": url} | more)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found | {"status": answer.status_code}


async def test_a_page_becomes_markdown_without_what_is_around_it(house: House, site: Site) -> None:
    site.pages["/returns"] = (200, "text/html; charset=utf-8", PAGE.encode())
    made = await brought_in(house, site.url("/returns"), hand_to_human=True)
    assert (made["status"], made["title"], made["language"]) == (201, "How to return", "en")
    assert (made["source"], made["hand_to_human"], made["published"]) == (site.url("/returns"), True, True)
    assert made["body"] == (
        "# How to *return*\n\nWithin **30 days**, [print a label](https://shop.example/label).\n\n* One\n* Two"
    )


async def test_the_same_page_again_changes_the_same_article(house: House, site: Site) -> None:
    site.pages["/a.md"] = (200, "text/markdown", b"# First\n\nOld words")
    first = await brought_in(house, site.url("/a.md"))
    await house.ada.patch(f"/articles/{first['id']}", {"published": False})
    site.pages["/a.md"] = (200, "text/plain; charset=utf-8", "# Second\n\nNeue Wörter".encode())
    again = await brought_in(house, site.url("/a.md"))
    assert (again["status"], again["id"], again["title"]) == (200, first["id"], "Second")
    assert again["published"] is False
    assert len((await house.ada.get("/articles")).json()["data"]) == 1


async def test_a_page_without_a_heading_is_named_by_its_title_or_address(house: House, site: Site) -> None:
    site.pages["/x"] = (200, "text/html", b"<title>Titled</title><p>Words")
    site.pages["/opening-hours.txt"] = (200, "text/plain", b"Nine to five")
    assert (await brought_in(house, site.url("/x")))["title"] == "Titled"
    assert (await brought_in(house, site.url("/opening-hours.txt")))["title"] == "opening-hours"


async def test_what_cannot_be_read_is_refused_and_says_why(house: House, site: Site) -> None:
    site.pages |= {
        "/moved": (301, "text/html", b""),
        "/broken": (500, "text/html", b"<p>oops"),
        "/pdf": (200, "application/pdf", b"%PDF"),
        "/empty": (200, "text/html", b"<nav>only</nav><script>1</script>"),
        "/long": (200, "text/plain", b"word " * 20_001),
        "/huge": (200, "text/html", b"x" * (2 * 1024 * 1024 + 1)),
    }
    for path, why in (
        ("/moved", "https://elsewhere.example/"),
        ("/broken", "status 500"),
        ("/missing", "status 404"),
        ("/pdf", "application/pdf"),
        ("/empty", "no text"),
        ("/long", "100000 characters"),
        ("/huge", "larger than"),
    ):
        answer = await house.ada.post("/articles/import", {"url": site.url(path)})
        assert (answer.status_code, answer.json()["code"]) == (422, "import_failed"), path
        assert why in answer.json()["detail"]
    gone = await house.ada.post("/articles/import", {"url": "http://127.0.0.1:1/"})
    assert gone.json()["code"] == "import_failed"
    assert (await house.ada.get("/articles")).json()["data"] == []


@pytest.mark.parametrize("url", ["", "x", "file:///etc/passwd", "ftp://a.example", "https://a:b@c.example", "http://"])
async def test_what_is_no_web_address_is_refused(house: House, url: str) -> None:
    assert (await house.ada.post("/articles/import", {"url": url})).status_code == 422


async def test_the_inside_of_the_network_is_not_fetched_unless_the_operator_allows(
    app: Any, house: House, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/secret"] = (200, "text/plain", b"secret")
    guarded = Outbound(Settings(allow_private_targets=False))
    monkeypatch.setattr(app.state, "outbound", guarded)
    answer = await house.ada.post("/articles/import", {"url": site.url("/secret")})
    assert (answer.status_code, answer.json()["code"]) == (422, "target_refused")
    assert site.asked == []
    await guarded.close()


def dibs(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = _environment() | {"DIBS_DATA_DIR": str(settings.data_dir), "DIBS_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "dibs", "articles", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


async def test_a_folder_is_imported_and_again_changes_only_what_changed(
    house: House, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "help"
    (folder / "more").mkdir(parents=True)
    (folder / "returns.md").write_text("# Returns\n\nYou can return any item within thirty days.")
    (folder / "envios.es.md").write_text("# Envíos\n\nTres días.")
    (folder / "more" / "opening-hours.txt").write_text("Nine to five on every day of the week.")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    (folder / "broken.md").write_bytes(b"\xff\xfe\xff")
    (folder / ".hidden.md").write_text("# Hidden")
    first = await asyncio.to_thread(dibs, settings, "import", str(folder), "--json")
    assert first.returncode == 1
    assert "broken.md" in first.stderr
    said = json.loads(first.stdout)
    assert (said["created"], said["changed"], said["unchanged"], len(said["refused"])) == (3, 0, 0, 1)
    listed = (await house.ada.get("/articles")).json()["data"]
    assert {each["source"]: (each["title"], each["language"]) for each in listed} == {
        "file:envios.es.md": ("Envíos", "es"),
        "file:more/opening-hours.txt": ("opening hours", "en"),
        "file:returns.md": ("Returns", "en"),
    }
    (folder / "broken.md").unlink()
    (folder / "returns.md").write_text("# Returning\n\nYou can return any item within forty days.")
    again = await asyncio.to_thread(dibs, settings, "import", str(folder))
    assert again.returncode == 0, again.stderr
    assert again.stdout == "articles: 0 created, 1 changed, 2 unchanged\n"
    assert len((await house.ada.get("/articles")).json()["data"]) == 3


async def test_a_folder_that_is_not_there_is_refused_in_one_line(house: House, settings: Settings) -> None:
    answer = await asyncio.to_thread(dibs, settings, "import", str(settings.data_dir / "nowhere"))
    assert answer.returncode == 1
    assert answer.stderr.startswith("dibs: ") and answer.stderr.count("\n") == 1
