"""Messages to sockets, made once. A server's WebSocket frames are not masked: the same bytes serve every socket."""

from collections.abc import Iterator, Sequence

# A message is kept well below what clients commonly accept (1 MiB).
MOST_BYTES = 256 * 1024


class Batch:
    """JSON objects that travel as one text message: one as it is, several as an array, joined without re-encoding."""

    __slots__ = ("frame", "parts", "start")

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts = parts
        payload = parts[0] if len(parts) == 1 else b"[" + b",".join(parts) + b"]"
        head = _head(len(payload))
        self.start = len(head)
        self.frame = head + payload

    @property
    def text(self) -> str:
        """The message without its frame, for servers that make the frame themselves."""
        return self.frame[self.start :].decode()


def batches(parts: Sequence[bytes]) -> Iterator[Batch]:
    """The parts as messages of bounded size, in order. A larger part travels alone."""
    first, size = 0, 0
    for index, part in enumerate(parts):
        if index > first and size + len(part) > MOST_BYTES:
            yield Batch(parts[first:index])
            first, size = index, 0
        size += len(part) + 1
    if first < len(parts):
        yield Batch(parts[first:])


def _head(length: int) -> bytes:
    # RFC 6455 section 5.2: a final text frame, then the length in 7 bits, 16 or 64.
    if length < 126:
        return bytes((0x81, length))
    if length < 1 << 16:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")
