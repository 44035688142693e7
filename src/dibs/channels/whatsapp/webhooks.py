"""Who may tell us what: Meta, by the secrets of each number that a webhook is about."""

import hmac

import structlog
from pydantic import ValidationError

from dibs.channels import connections
from dibs.channels.connections import opened
from dibs.channels.whatsapp.account import Account
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.channels.whatsapp.payloads import changes
from dibs.channels.whatsapp.receiving import take_in
from dibs.channels.whatsapp.signatures import signed
from dibs.db.compiled import Row
from dibs.errors import Forbidden, Unauthenticated
from dibs.outbound import Outbound
from dibs.tx import Core

log = structlog.get_logger()


async def shake_hands(core: Core, outbound: Outbound, token: str) -> None:
    """Refuses with 403 a verify token that belongs to no connected number."""
    for row in await core.database.run(connections.ACTIVE, {"kind": WHATSAPP.name}):
        settings = _settings(core, outbound, row)
        if settings and hmac.compare_digest(settings.verify_token.get_secret_value().encode(), token.encode()):
            return
    raise Forbidden("This verify token belongs to no connected WhatsApp number.", needs="verify_token")


async def receive(core: Core, outbound: Outbound, body: bytes, signature: str | None) -> None:
    """Stores what a webhook tells of connected numbers, each judged by its own app secret; others are left out.

    Refuses with 401 when the signature is wrong for any of them, once the rest is stored: Meta tells it again, and
    what was stored is harmless then. Raises payloads.Unreadable.
    """
    failure: Exception | None = None
    wrong = False
    for change in changes(body):
        row = await connections.by_address(core, WHATSAPP.name, change.number)
        if row is None:
            log.info("whatsapp.unknown_number")
            continue
        settings = _settings(core, outbound, row)
        if settings is None or not signed(body, signature, settings.app_secret.get_secret_value()):
            log.warning("whatsapp.wrong_signature", channel=row.id)
            wrong = True
            continue
        for event in change.events:
            try:
                await take_in(core, row, event)
            except Exception as error:  # noqa: BLE001 - one that fails must not keep the others out; Meta tells it again
                log.warning("whatsapp.failed", channel=row.id, event_id=event.id, error=repr(error))
                failure = failure or error
    if failure is not None:
        raise failure
    if wrong:
        raise Unauthenticated("X-Hub-Signature-256 is missing or was not made with this number's app secret.")


def _settings(core: Core, outbound: Outbound, row: Row) -> Account | None:
    """A number's settings; None when its secrets were sealed by another installation."""
    try:
        settings = opened(core, outbound, WHATSAPP, row).settings
    except ValidationError:
        log.warning("whatsapp.secrets_unreadable", channel=row.id)
        return None
    assert isinstance(settings, Account)
    return settings
