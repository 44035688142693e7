"""A house with a mail channel: mail is handed to the real listener, answers go to a post office on loopback."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from dibs.channels.email.listener import Listener
from dibs.settings import Settings
from tests.support.house import House
from tests.support.imap import ImapServer
from tests.support.mail_house import MailHouse
from tests.support.post_office import PostOffice


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As everywhere, but the servers on loopback may be called."""
    return settings.model_copy(update={"allow_private_targets": True, "mail_poll_seconds": 0.05})


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    """Where our mails go."""
    async with PostOffice() as opened:
        yield opened


@pytest.fixture
async def imap() -> AsyncIterator[ImapServer]:
    """A mailbox to be read."""
    async with ImapServer() as opened:
        yield opened


@pytest.fixture
async def post(app: FastAPI, house: House, office: PostOffice) -> AsyncIterator[MailHouse]:
    """A house whose support address gets its mail by SMTP."""
    listener = Listener(house.core, app.state.settings)
    await listener.open(0)
    made = MailHouse(house, office, listener)
    await made.connect()
    yield made
    listener.close()


@pytest.fixture
def imap_settings(imap: ImapServer, office: PostOffice) -> dict[str, Any]:
    """What an admin types in to have that mailbox read."""
    return {
        "address": "support@house.example",
        "imap_host": "127.0.0.1",
        "imap_port": imap.port,
        "imap_tls": "none",
        "imap_user": "support",
        "imap_password": imap.password,
        "smtp_host": "127.0.0.1",
        "smtp_port": office.port,
        "smtp_tls": "none",
    }
