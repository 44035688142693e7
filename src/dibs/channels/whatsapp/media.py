"""Files that customers send: WhatsApp tells their id and keeps them a week; the outbox fetches them.

Two calls each: where the file is, then its bytes. An entry is written with the message, so a crash loses none, a file
that takes long delays no webhook, and what cannot be had is named on the message.
"""

import mimetypes
from collections.abc import AsyncIterator
from typing import Any

from dibs.channels import connections
from dibs.channels.connections import opened
from dibs.channels.port import Connection, Kind
from dibs.channels.whatsapp import graph
from dibs.channels.whatsapp.account import account
from dibs.channels.whatsapp.payloads import Media
from dibs.conversations.deliveries import READ, amend
from dibs.conversations.locks import lock
from dibs.db.compiled import Row
from dibs.delivery import outbox
from dibs.delivery.worker import Deliverer, Later, Refused
from dibs.errors import Invalid, TooLarge
from dibs.files.content import Stored, store
from dibs.files.sending import attach
from dibs.outbound import Outbound, TargetRefused
from dibs.tx import Core, Tx

TOPIC = "whatsapp_media"
# An expired token: looked at again once an admin may have renewed it.
ACCESS_PAUSE_SECONDS = 300.0
_NAMES = {"image": "photo", "video": "video", "audio": "audio", "document": "document", "sticker": "sticker"}


async def fetch_later(tx: Tx, channel: Row, message: Row, media: Media) -> None:
    """Writes down that a message's file is to be fetched, once the message is committed."""
    body: dict[str, object] = {"channel": channel.id, "media": media.id, "name": name_of(media)}
    # A target of its own: slow downloads must not hold up what goes out on the same number.
    target = f"{channel.id}/media"
    await outbox.put(tx, TOPIC, target=target, lane=message.id, seq=1, message_id=message.id, body=body)


def name_of(media: Media) -> str:
    """What a file is called: as its sender does, or after what WhatsApp says it is."""
    kind = media.mime.partition(";")[0].strip().lower()
    return media.name or f"{_NAMES[media.kind]}{mimetypes.guess_extension(kind) or ''}"


def deliverer(kind: Kind, outbound: Outbound) -> Deliverer:
    """Fetches what `fetch_later` wrote down."""

    async def send(core: Core, entry: Row) -> Stored:
        key = {"ws": entry.workspace_id, "id": entry.body["channel"]}
        (row,) = await core.database.run(connections.BY_ID, key)
        if not row.active:
            raise Refused("not_connected", "the channel was disconnected before it was fetched")
        connection = opened(core, outbound, kind, row)
        try:
            return await _fetch(core, connection, entry.body["media"], entry.body["name"])
        except graph.GraphError as error:
            raise await refused(connection, error) from error
        except TooLarge as error:
            raise Refused(error.code, error.detail) from error
        except Invalid as error:
            raise Refused(error.code, "it is empty") from error
        except TargetRefused as error:
            raise Refused(error.code, error.detail) from error

    return Deliverer(send, _done, _failed)


async def _fetch(core: Core, connection: Connection, media_id: str, name: str) -> Stored:
    asked = {"phone_number_id": account(connection).phone_number_id}
    found = await graph.call(connection, "GET", media_id, params=asked)
    size, limit = found.get("file_size"), core.max_upload_bytes
    if isinstance(size, int) and size > limit:
        raise TooLarge(f"Files are limited to {limit // 1_048_576} MB.", limit=limit)
    url = found.get("url")
    if not isinstance(url, str):
        raise graph.GraphError(502, None, "an answer without the file's address")
    return await store(core, name, _bytes(connection, url))


async def _bytes(connection: Connection, url: str) -> AsyncIterator[bytes]:
    headers = graph.authorised(connection)
    async with connection.outbound.stream("GET", url, headers=headers, timeout=graph.MEDIA_SECONDS) as answer:
        if answer.status_code != 200:
            # The address holds for five minutes: a later try asks for a new one.
            raise graph.GraphError(502, None, f"WhatsApp's store answers with status {answer.status_code}")
        async for part in answer.aiter_bytes():
            yield part


async def refused(connection: Connection, error: graph.GraphError) -> Refused | Later:
    """What a refusal of the Graph API means for the outbox. What an admin must mend is written on the channel."""
    if error.is_access:
        problem = f"WhatsApp refuses the access token: {error.detail} Renew it in the channel's settings."
        await connections.tell_of(connection, problem)
        return Later(error.detail, ACCESS_PAUSE_SECONDS)
    if error.is_passing:
        return Later(error.detail)
    return Refused(str(error.code or error.status), error.detail)


async def _done(tx: Tx, entry: Row, said: Any) -> None:
    stored: Stored = said
    row, message = await _read(tx, entry)
    if message is None:
        return
    _, attachments = await attach(tx, row, [stored], message_id=message.id)
    details = {name: value for name, value in (message.details or {}).items() if name != "fetching"}
    await amend(tx, row, message, attachments=[*message.attachments, *attachments], details=details)


async def _failed(tx: Tx, entry: Row, why: Refused) -> None:
    row, message = await _read(tx, entry)
    if message is None:
        return
    details = {name: value for name, value in (message.details or {}).items() if name != "fetching"}
    dropped = [*details.get("dropped", []), f"{entry.body['name']}: {why.detail}"]
    await amend(tx, row, message, details=details | {"dropped": dropped})


async def _read(tx: Tx, entry: Row) -> tuple[Row, Row | None]:
    """The conversation, locked, and the message as it is then; None when it was erased."""
    key = {"ws": tx.workspace_id, "message": entry.message_id}
    message = await tx.one(READ, key)
    if message is None:
        return None, None
    row = await lock(tx, message.conversation_id)
    return row, await tx.one(READ, key)
