"""Whether a webhook comes from Meta: it signs the very bytes that it sends."""

import hmac
import re

_SHAPE = re.compile(r"sha256=[0-9a-f]{64}")


def sign(body: bytes, secret: str) -> str:
    """What `X-Hub-Signature-256` says of these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


def signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether the header was made of these bytes with this app secret; takes as long for any wrong one."""
    if header is None or not secret or not _SHAPE.fullmatch(header):
        return False
    return hmac.compare_digest(sign(body, secret), header)
