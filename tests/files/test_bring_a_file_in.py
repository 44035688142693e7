"""POST /v1/files: streamed to disk, judged by its content, refused where it is too much."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dibs import clock
from dibs.files import unsent
from dibs.settings import Settings
from tests.ownership.checks import Time, refused
from tests.support.house import House
from tests.support.uploads import HTML, PDF, PNG, SVG, brought_in, upload


def kept(settings: Settings) -> list[Path]:
    """Every content on disk."""
    return [path for path in (settings.data_dir / "files").rglob("*") if path.is_file()]


async def test_a_form_and_a_plain_body_bring_a_file_in(house: House, settings: Settings) -> None:
    made = await brought_in(house.sam)
    assert {name: made[name] for name in ("name", "type", "size", "width", "height")} == {
        "name": "photo.png",
        "type": "image/png",
        "size": len(PNG),
        "width": 3,
        "height": 2,
    }
    assert (made["conversation_id"], made["message_id"]) == (None, None)
    plain = await house.sam.call("POST", "/files?name=n%C3%B3ta.txt", content="Qué tal".encode())
    assert (plain.status_code, plain.json()["name"], plain.json()["type"]) == (201, "nóta.txt", "text/plain")
    assert sorted(path.stat().st_size for path in kept(settings)) == sorted([len(PNG), len("Qué tal".encode())])
    # Random names without an ending: nothing on disk says what a customer called it.
    assert all(len(path.name) == 32 and "." not in path.name for path in kept(settings))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (HTML, "photo.png", "application/octet-stream"),
        (SVG, "photo.png", "application/octet-stream"),
        (b"<svg onload=alert(1)>", "a.svg", "application/octet-stream"),
        (b"  <script>alert(1)</script>", "a.txt", "application/octet-stream"),
        (PDF, "a.html", "application/pdf"),
        (PNG, "invoice.pdf", "image/png"),
        (b"GIF89a" + b"\x05\x00\x04\x00" + b"\x00" * 20, "x", "image/gif"),
        (b"\x00\x01\x02\x03", "x.png", "application/octet-stream"),
        (b"plain words", "page.html", "text/plain"),
    ],
)
async def test_the_content_decides_what_a_file_is_and_never_its_name(
    house: House, content: bytes, name: str, kind: str
) -> None:
    assert (await brought_in(house.sam, content, name))["type"] == kind


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\ana\\a.txt", "C_Users_ana_a.txt"),
        ("a\r\nSet-Cookie: x.txt", "a_Set-Cookie_ x.txt"),
        ("invoice\u202egnp.exe", "invoice_gnp.exe"),
        ('"><img src=x onerror=alert(1)>.png', "_img src=x onerror=alert(1)_.png"),
        ("...", "file"),
        ("x" * 300, "x" * 200),
    ],
)
async def test_a_name_is_shown_and_never_a_path(house: House, name: str, shown: str) -> None:
    answer = await house.sam.call("POST", "/files", content=b"\x00\x01", params={"name": name[:200]})
    assert (answer.status_code, answer.json()["name"]) == (201, shown)


async def test_what_is_too_large_is_refused_and_leaves_nothing(house: House, settings: Settings) -> None:
    house.core.max_upload_bytes = 4_096
    await refused_as_too_large(house, b"x" * 4_097)
    assert kept(settings) == []
    # What is just small enough is larger than any other body may be.
    house.core.max_upload_bytes = settings.max_upload_bytes
    large = b"x" * (settings.max_body_bytes + 1)
    assert (await brought_in(house.sam, large, "large.bin"))["size"] == len(large)
    beyond = b"x" * (settings.max_upload_bytes + 70_000)
    answer = await house.sam.call("POST", "/files?name=x", content=beyond)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    # Only where files are taken in: everybody else's limit is as it was.
    answer = await house.sam.call("POST", "/conversations", content=large)
    assert (answer.status_code, answer.json()["limit"]) == (413, settings.max_body_bytes)
    assert len(kept(settings)) == 1


async def refused_as_too_large(house: House, content: bytes) -> None:
    for answer in (await upload(house.sam, content), await house.sam.call("POST", "/files?name=x", content=content)):
        assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (413, "too_large", 4_096)


async def test_a_body_without_end_is_cut_off_where_the_limit_is(house: House, settings: Settings) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield b"x" * 65_536
            await asyncio.sleep(0)

    answer = await house.sam.call("POST", "/files?name=x", content=endless())
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert sent <= settings.max_upload_bytes + 4 * 65_536
    assert kept(settings) == []


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"", "application/octet-stream"),
        (b"", "multipart/form-data; boundary=x"),
        (b"no form at all", "multipart/form-data; boundary=x"),
        (b"no form at all", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\njust a field\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\nabc\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (
            (
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n1\r\n'
                b'--x\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\n2\r\n--x--'
            ),
            "multipart/form-data; boundary=x",
        ),
    ],
)
async def test_a_form_without_exactly_one_file_is_refused(
    house: House, settings: Settings, content: bytes, content_type: str
) -> None:
    call = house.sam.call("POST", "/files", content=content, headers={"content-type": content_type})
    await refused(house, call, "invalid")
    assert kept(settings) == []


async def test_who_may_not_write_brings_nothing_in(house: House, settings: Settings) -> None:
    reader = await house.person("Reader", scopes=["conversations:read"])
    await refused(house, upload(house.vic, PNG), "forbidden", needs="agent")
    await refused(house, upload(reader, PNG), "forbidden", needs="conversations:write")
    stranger = await house.http.post("/v1/files", content=PNG)
    assert (stranger.status_code, stranger.json()["code"]) == (401, "unauthenticated")
    assert kept(settings) == []


async def test_a_repeated_request_is_the_first_file_again(house: House, settings: Settings) -> None:
    first = await upload(house.sam, PNG, idempotency_key="k-1")
    again = await upload(house.sam, PNG, idempotency_key="k-1")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replay"] == "true"
    other = await upload(house.sam, PDF, idempotency_key="k-1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    assert len(kept(settings)) == 1


async def test_nobody_fills_the_disk_with_files_that_are_never_sent(
    house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsent, "MOST_OF_ONE", 2)
    _, mine = await brought_in(house.sam), await brought_in(house.sam)
    await refused(house, upload(house.sam, PNG), "upload_quota_reached", limit=2)
    await brought_in(house.kim)
    monkeypatch.setattr(unsent, "MOST_OF_ALL", 3)
    await refused(house, upload(house.ada, PNG), "upload_quota_reached", limit=3)
    assert len(kept(settings)) == 3
    # Taken back, or sent: there is room again.
    assert (await house.sam.delete(f"/files/{mine['id']}")).status_code == 200
    assert len(kept(settings)) == 2
    await brought_in(house.sam)
    monkeypatch.setattr(unsent, "MOST_OF_ALL", 99)
    monkeypatch.setattr(unsent, "MOST_BYTES", 4 * len(PNG) - 1)
    await refused(house, upload(house.ada, PNG), "upload_quota_reached")


async def test_only_its_owner_takes_a_file_back_and_only_before_it_is_sent(house: House, neighbour: House) -> None:
    held = await house.claimed_by(house.sam)
    mine = await brought_in(house.sam)
    for person in (house.kim, house.ada, neighbour.sam):
        answer = await person.delete(f"/files/{mine['id']}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    reply = {"kind": "reply", "text": "Here", "attachments": [mine["id"]]}
    assert (await house.sam.post(f"/conversations/{held['id']}/messages", reply)).status_code == 201
    answer = await house.sam.delete(f"/files/{mine['id']}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_what_nobody_sent_is_thrown_away_after_a_day(house: House, settings: Settings, time: Time) -> None:
    held = await house.claimed_by(house.sam)
    sent, left = await brought_in(house.sam), await brought_in(house.sam)
    reply = {"kind": "reply", "text": "Here", "attachments": [sent["id"]]}
    assert (await house.sam.post(f"/conversations/{held['id']}/messages", reply)).status_code == 201
    assert await unsent.purge(house.core, clock.now()) == 0
    time.passes(minutes=24 * 60 + 1)
    assert await unsent.purge(house.core, clock.now()) == 1
    assert (await house.sam.get(f"/files/{left['id']}")).status_code == 404
    assert (await house.sam.get(f"/files/{sent['id']}/content")).content == PNG
    assert len(kept(settings)) == 1


async def test_a_content_that_no_row_knows_is_thrown_away_within_two_days(house: House, settings: Settings) -> None:
    mine = await brought_in(house.sam)
    (row,) = await house.rows("SELECT stored_as FROM files WHERE id = :id", id=mine["id"])
    orphan = settings.data_dir / "files" / "ab" / ("ab" * 16)
    orphan.parent.mkdir(exist_ok=True, parents=True)
    orphan.write_bytes(b"a process died between disk and row")
    now = clock.now()
    assert sum([await unsent.purge_orphans(house.core, now + hour * clock.HOUR) for hour in range(24)]) == 0
    tomorrow = now + clock.DAY + clock.HOUR
    assert sum([await unsent.purge_orphans(house.core, tomorrow + hour * clock.HOUR) for hour in range(24)]) == 1
    assert [path.name for path in kept(settings)] == [row.stored_as]
