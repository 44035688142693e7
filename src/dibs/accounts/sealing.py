"""Answers that show a secret once, kept so that only the credential that got them can read them again, and what was
asked for them, which may show one too.

The key is derived from the caller's API key or session token, of which the database has only a digest: who reads the
database, or a backup of it, cannot open what is sealed.
"""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# No JSON begins with it.
_MARK = b"\x00sealed\x00"
_NONCE_BYTES = 12


def seal(plain: bytes, credential: str, purpose: str) -> bytes:
    """`plain` by AES-256-GCM; it opens with the same credential and purpose only."""
    nonce = os.urandom(_NONCE_BYTES)
    return _MARK + nonce + AESGCM(_key(credential, purpose)).encrypt(nonce, plain, None)


def is_sealed(stored: bytes) -> bool:
    """Whether `seal` made it."""
    return stored.startswith(_MARK)


def unseal(stored: bytes, credential: str, purpose: str) -> bytes | None:
    """What was sealed; None for another credential or purpose, and for what was changed since."""
    nonce, sealed = stored[len(_MARK) :][:_NONCE_BYTES], stored[len(_MARK) + _NONCE_BYTES :]
    try:
        return AESGCM(_key(credential, purpose)).decrypt(nonce, sealed, None)
    except InvalidTag:
        return None


def fingerprint(text: str, credential: str, purpose: str) -> str:
    """Recognises `text` again, to nobody without the credential: a plain digest of a password can be guessed."""
    return hmac.new(_key(credential, f"fingerprint\n{purpose}"), text.encode(), "sha256").hexdigest()


def _key(credential: str, purpose: str) -> bytes:
    # Credentials are long and random (32 characters or more): no slow derivation is needed.
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(credential.encode())
