"""Who a visitor is, proven by the host page: its server signs the user's id or address with the identity secret."""

import hmac
import re

from dibs.errors import Refusal

_SIGNATURE = re.compile(r"[0-9a-f]{64}")


class IdentityNotProven(Refusal):
    """The signature does not match: the visitor stays who they were, and sees nobody else's history."""

    code, status, title = "identity_not_proven", 403, "Identity not proven"


def signature(secret: str, subject: str) -> str:
    """HMAC-SHA-256 of a user's id, or address, in 64 lower-case hex digits: what the host page's server computes."""
    return hmac.new(secret.encode(), subject.encode(), "sha256").hexdigest()


def require_proof(secret: str, subject: str, given: str) -> None:
    """Refuses with 403 unless `given` is the signature of exactly `subject`; takes as long for any wrong one."""
    if not _SIGNATURE.fullmatch(given) or not hmac.compare_digest(signature(secret, subject), given):
        raise IdentityNotProven(
            "The signature does not match. Compute HMAC-SHA-256 of the user id (without one, of the email), as hex,"
            " with this widget's identity secret."
        )
