"""Messages made ready once: right on the wire, bounded in size, nothing lost between them."""

from __future__ import annotations

import json

import pytest
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, Protocol

from dibs.realtime.frames import MOST_BYTES, Batch, batches


def _read(frame: bytes) -> bytes:
    """What a client makes of the bytes."""
    client = Protocol(CLIENT, max_size=None)
    client.receive_data(frame)
    (read,) = client.events_received()
    assert isinstance(read, Frame)
    assert read.opcode is Opcode.TEXT
    assert read.fin
    return bytes(read.data)


@pytest.mark.parametrize("size", [2, 125, 126, 127, 65_535, 65_536, 300_000])
def test_a_frame_of_any_size_is_what_the_protocol_asks_for(size: int) -> None:
    part = json.dumps("x" * (size - 2)).encode()
    batch = Batch([part])
    assert _read(batch.frame) == part
    assert batch.text.encode() == part


def test_several_parts_travel_as_one_array() -> None:
    parts = [json.dumps({"n": n, "text": "ñ" * n}).encode() for n in range(200)]
    (batch,) = batches(parts)
    assert json.loads(_read(batch.frame)) == [json.loads(part) for part in parts]


@pytest.mark.parametrize("size", [10, 1_000, MOST_BYTES // 2, MOST_BYTES, MOST_BYTES * 2])
def test_no_part_is_lost_between_messages_and_none_is_too_large(size: int) -> None:
    parts = [b'"%d%s"' % (n, b"x" * size) for n in range(20)]
    made = list(batches(parts))
    assert [part for batch in made for part in batch.parts] == parts
    assert all(len(batch.frame) <= MOST_BYTES + 64 or len(batch.parts) == 1 for batch in made)


def test_nothing_is_no_message() -> None:
    assert list(batches([])) == []
