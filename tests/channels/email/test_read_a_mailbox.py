"""A mailbox is read over IMAP: everything once, whatever breaks off, by one process at a time."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from dibs.channels.email import mails, reading
from dibs.channels.email.reading import Readers
from tests.support import dovecot
from tests.support.house import House
from tests.support.imap import ImapServer
from tests.support.mail_house import looked_at, mail_of, until
from tests.support.post_office import PostOffice


async def connect(house: House, settings: dict[str, Any]) -> dict[str, Any]:
    answer = await house.ada.post("/channels", {"kind": "email", "name": "Support", "settings": settings})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def texts(house: House) -> list[str]:
    return sorted(row.text for row in await house.rows("SELECT text FROM messages WHERE workspace_id = :ws"))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble is over soon."""
    monkeypatch.setattr(reading, "BACK_OFF_SECONDS", (0.2,))


@pytest.mark.parametrize("can_idle", [True, False])
async def test_what_is_there_and_what_comes_is_taken_in(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], *, can_idle: bool
) -> None:
    imap.can_idle = can_idle
    imap.deliver(mail_of("first").as_bytes())
    await connect(house, imap_settings)
    await imap.until_seen(1)
    await imap.until_seen(imap.deliver(mail_of("second").as_bytes()))
    assert await texts(house) == ["first", "second"]


@pytest.fixture
async def real() -> AsyncIterator[dovecot.Dovecot]:
    """Dovecot, where there is one."""
    if dovecot.BINARY is None:
        pytest.skip("no Dovecot on this machine")
    async with dovecot.running() as server:
        yield server


async def test_a_real_mail_server_is_read(house: House, office: PostOffice, real: dovecot.Dovecot) -> None:
    real.deliver(mail_of("first").as_bytes())
    settings = {
        "address": "support@house.example",
        "imap_host": "127.0.0.1",
        "imap_port": real.port,
        "imap_tls": "none",
        "imap_user": "support",
        "imap_password": real.password,
        "smtp_host": "127.0.0.1",
        "smtp_port": office.port,
        "smtp_tls": "none",
    }
    wrong = settings | {"imap_password": "open says me"}
    refused = await house.ada.post("/channels", {"kind": "email", "name": "S", "settings": wrong})
    assert (refused.status_code, refused.json()["code"]) == (422, "channel_refused")
    await connect(house, settings)

    async def has(number: int) -> bool:
        return len(await texts(house)) == number

    await until(house.core, lambda: has(1))
    big = "\n".join(f"line {number} (with parentheses" for number in range(20_000))
    real.deliver(mail_of("second").as_bytes())
    real.deliver(mail_of(big).as_bytes())
    await until(house.core, lambda: has(3))
    assert (await texts(house))[::2] == ["first", "second"]


async def test_mail_from_before_the_connection_is_left_alone(
    house: House, imap: ImapServer, imap_settings: dict[str, Any]
) -> None:
    imap.deliver(mail_of("years ago").as_bytes(), at=1_000_000_000)
    uid = imap.deliver(mail_of("now").as_bytes())
    await connect(house, imap_settings)
    await imap.until_seen(uid)
    assert await texts(house) == ["now"]


async def test_a_connection_that_breaks_off_is_made_again(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], quick: None
) -> None:
    await connect(house, imap_settings)
    await imap.until_seen(imap.deliver(mail_of("first").as_bytes()))
    sessions = imap.sessions
    imap.hang_up()
    await imap.until(sessions + 1)
    await imap.until_seen(imap.deliver(mail_of("second").as_bytes()))
    assert await texts(house) == ["first", "second"]
    assert imap.fetched == {1: 1, 2: 1}


async def test_a_renumbered_mailbox_brings_nothing_twice(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], quick: None
) -> None:
    await connect(house, imap_settings)
    await imap.until_seen(imap.deliver(mail_of("first").as_bytes()))
    imap.renumber()
    await imap.until_seen(imap.deliver(mail_of("second").as_bytes()))
    assert await texts(house) == ["first", "second"]
    assert imap.fetched[101] == 1


async def test_a_crash_between_fetch_and_commit_reads_again_once(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill, crashes = mails.fill, iter(range(3))

    async def crashing(*args: Any, **more: Any) -> None:
        await fill(*args, **more)
        # The message is written, the transaction is not committed.
        if next(crashes, None) is not None:
            raise ConnectionResetError("the process ends here")

    monkeypatch.setattr("dibs.channels.email.mails.fill", crashing)
    await connect(house, imap_settings)
    await imap.until_seen(imap.deliver(mail_of("only once").as_bytes()))
    assert await texts(house) == ["only once"]
    assert imap.fetched == {1: 4}


async def test_a_crash_between_commit_and_the_next_fetch_reads_nothing_again(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes = iter(range(1))

    async def crashing(*_: Any) -> None:
        if next(crashes, None) is not None:
            raise ConnectionResetError("the process ends here")

    monkeypatch.setattr("dibs.channels.email.mailbox.Mailbox.mark_seen", crashing)
    await connect(house, imap_settings)
    imap.deliver(mail_of("first").as_bytes())
    await imap.until(3)
    imap.deliver(mail_of("second").as_bytes())

    async def both() -> bool:
        return len(await texts(house)) == 2

    await until(house.core, both)
    assert await texts(house) == ["first", "second"]


async def test_a_mail_that_cannot_be_taken_in_comes_as_a_file_in_the_end(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poisoned(raw: bytes, **_: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("dibs.channels.email.parsing.read", poisoned)
        await connect(house, imap_settings)
        await imap.until_seen(imap.deliver(mail_of("poison", Subject="Help").as_bytes()))
    await imap.until_seen(imap.deliver(mail_of("after it").as_bytes()))
    assert "after it" in await texts(house)
    (row,) = await house.rows("SELECT * FROM files WHERE workspace_id = :ws")
    assert row.name == "mail.eml"


async def test_a_password_that_no_longer_works_is_told_on_the_channel(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], quick: None
) -> None:
    channel = await connect(house, imap_settings)
    await imap.until(2)
    imap.password = "another"
    imap.hang_up()

    async def problem() -> str | None:
        found: str | None = (await house.ada.get(f"/channels/{channel['id']}")).json()["problem"]
        return found

    async def told(words: str) -> bool:
        return words in (await problem() or "")

    await looked_at(lambda: told("Authentication failed"))
    answer = await house.ada.patch(f"/channels/{channel['id']}", {"settings": {"imap_password": "another"}})
    assert answer.status_code == 200, answer.text
    await imap.until_seen(imap.deliver(mail_of("again").as_bytes()))
    assert await problem() is None


async def test_one_process_reads_a_mailbox(
    app: FastAPI, house: House, imap: ImapServer, imap_settings: dict[str, Any], time: Any
) -> None:
    channel = await connect(house, imap_settings)
    await imap.until_seen(imap.deliver(mail_of("first").as_bytes()))
    other = Readers(house.core, app.state.outbound, app.state.settings)
    await other.look()
    assert other.running == {}
    # The first one is gone, and its lease runs out.
    time.passes(minutes=2)
    await other.look()
    assert list(other.running) == [channel["id"]]
    uid = imap.deliver(mail_of("second").as_bytes())
    await imap.until_seen(uid)
    await other._stop(channel["id"])
    assert await texts(house) == ["first", "second"]


async def test_a_paused_channel_is_not_read(house: House, imap: ImapServer, imap_settings: dict[str, Any]) -> None:
    channel = await connect(house, imap_settings)
    await imap.until_seen(imap.deliver(mail_of("first").as_bytes()))
    await house.ada.patch(f"/channels/{channel['id']}", {"active": False})

    async def released() -> bool:
        (row,) = await house.rows("SELECT reader FROM channels WHERE workspace_id = :ws")
        return row.reader is None

    await looked_at(released)
    uid = imap.deliver(mail_of("later").as_bytes())
    await house.ada.patch(f"/channels/{channel['id']}", {"active": True})
    await imap.until_seen(uid)
    assert await texts(house) == ["first", "later"]
