"""An admin connects a mailbox: it is tried first, and what the servers say is told."""

from typing import Any

import pytest

from dibs.settings import Settings
from tests.support.house import House
from tests.support.imap import ImapServer
from tests.support.post_office import PASSWORD, PostOffice


async def connect(house: House, settings: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = await house.ada.post("/channels", {"kind": "email", "name": "Support", "settings": settings})
    return answer.status_code, answer.json()


async def test_a_mailbox_that_works_is_connected(house: House, imap_settings: dict[str, Any]) -> None:
    status, channel = await connect(house, imap_settings | {"address": "Support@House.example"})
    assert (status, channel["address"]) == (201, "support@house.example")
    assert "imap_password" not in channel["settings"] and channel["settings"]["imap_user"] == "support"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"imap_password": "no"}, "Authentication failed"),
        ({"imap_folder": "Nowhere"}, "doesn't exist"),
        ({"imap_port": 1}, "Connection refused"),
        ({"imap_host": "nowhere.invalid"}, "cannot be read"),
        ({"imap_tls": "implicit"}, "cannot be read"),
        ({"imap_tls": "starttls"}, "cannot be read"),
        ({"smtp_port": 1}, "cannot be sent"),
        ({"smtp_tls": "starttls"}, "cannot be sent"),
        ({"smtp_tls": "implicit"}, "cannot be sent"),
        ({"smtp_user": "u", "smtp_password": "no"}, "cannot be sent"),
    ],
)
async def test_what_the_servers_refuse_is_told(
    house: House, imap_settings: dict[str, Any], wrong: dict[str, Any], said: str
) -> None:
    status, refused = await connect(house, imap_settings | wrong)
    assert (status, refused["code"]) == (422, "channel_refused")
    assert said in refused["detail"]
    assert (await house.ada.get("/channels")).json()["data"] == []


async def test_a_server_that_asks_for_a_password_gets_it(
    house: House, imap_settings: dict[str, Any], office: PostOffice
) -> None:
    office.asks_for_password = True
    given = imap_settings | {"smtp_user": "support"}
    status, refused = await connect(house, given | {"smtp_password": "wrong"})
    assert (status, refused["code"]) == (422, "channel_refused") and "535" in refused["detail"]
    assert (await connect(house, given | {"smtp_password": PASSWORD}))[0] == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "support"},
        {"address": "süpport@house.example"},
        {"imap_password": None},
        {"imap_host": "a/b"},
        {"imap_port": 0},
        {"imap_user": "a\nb"},
        {"imap_tls": "maybe"},
        {"smtp_user": "only"},
        {"inbound": "pigeon"},
        {"sender_name": "A\r\nBcc: x@y.example"},
        {"more": 1},
    ],
)
async def test_settings_that_are_not_whole_are_refused(
    house: House, imap: ImapServer, imap_settings: dict[str, Any], wrong: dict[str, Any]
) -> None:
    status, refused = await connect(house, imap_settings | wrong)
    assert (status, refused["code"]) == (422, "invalid")
    assert imap.sessions == 0


async def test_a_private_server_is_refused_unless_the_operator_allows_it(
    house: House, app: Any, imap_settings: dict[str, Any]
) -> None:
    app.state.outbound._private_too = False
    status, refused = await connect(house, imap_settings)
    assert (status, refused["code"]) == (422, "target_refused")
    status, refused = await connect(house, imap_settings | {"inbound": "smtp"})
    assert (status, refused["code"]) == (422, "target_refused")


def test_the_listener_is_off_unless_it_is_asked_for() -> None:
    assert Settings().smtp_listen_port == 0
