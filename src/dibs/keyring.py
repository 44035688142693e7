"""The installation's own secret: what it seals only it opens, what it signs only it could have signed.

Kept in DIBS_DATA_DIR beside the database, or given as DIBS_SECRET_KEY where several machines share a database: who
reads the database, or a backup of it, gets no channel's password and cannot forge a link.
"""

import base64
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dibs.settings import Settings

FILE = "secret.key"
_BYTES = 32
_NONCE_BYTES = 12


class Keyring:
    """Keys derived from one secret, a different one for each purpose."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, plain: str, purpose: str) -> str:
        """`plain`, encrypted (AES-256-GCM); opens with the same purpose only."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self._key(purpose)).encrypt(nonce, plain.encode(), None)
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def unseal(self, sealed: str, purpose: str) -> str | None:
        """What was sealed; None when it was sealed by another installation, for another purpose, or was changed."""
        try:
            raw = base64.urlsafe_b64decode(sealed)
            return AESGCM(self._key(purpose)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError):
            return None

    def sign(self, text: str, purpose: str) -> str:
        """HMAC-SHA-256 of `text`, 43 characters that are safe in a URL and in an address."""
        digest = hmac.new(self._key(purpose), text.encode(), "sha256").digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def signed(self, text: str, signature: str, purpose: str) -> bool:
        """Whether `sign` made `signature` of `text`; takes as long for any wrong one."""
        return hmac.compare_digest(self.sign(text, purpose).encode(), signature.encode())

    def _key(self, purpose: str) -> bytes:
        return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(self._secret)


def keyring(settings: Settings) -> Keyring:
    """The installation's keyring; makes its secret the first time, readable for this user only."""
    if settings.secret_key:
        return Keyring(settings.secret_key.encode())
    path = settings.data_dir / FILE
    try:
        return Keyring(path.read_bytes())
    except FileNotFoundError:
        return _made(path)


def _made(path: Path) -> Keyring:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{FILE}.{secrets.token_hex(8)}.part")
    part.touch(mode=0o600)
    with part.open("wb") as file:
        file.write(os.urandom(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        # Not replace: of several processes that start at once, the first one's secret is everybody's.
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return Keyring(path.read_bytes())
