"""Links to files: signed for one widget's conversations, good for a day. An image tag sends no credentials."""

from dibs import clock
from dibs.errors import Refusal
from dibs.tx import Core

GOOD_FOR = clock.DAY
# Links of the same hour are the same, so that browsers keep what they have.
_STEP = clock.HOUR
_PURPOSE = "widget file"


class LinkExpired(Refusal):
    """The link is older than a day, or was changed."""

    code, status, title = "link_expired", 403, "Link expired"


def link(core: Core, key: str, channel_id: str, file_id: str) -> str:
    """The path of a file's content, for whoever has this link."""
    until = (clock.now() // _STEP) * _STEP + GOOD_FOR
    signed = core.keyring.sign(_text(channel_id, file_id, until), _PURPOSE)
    return f"/widget/v1/{key}/files/{file_id}?until={until}&signature={signed}"


def require_link(core: Core, channel_id: str, file_id: str, until: int, signature: str) -> None:
    """Refuses with 403 a link that we did not sign, or whose time is over."""
    good = core.keyring.signed(_text(channel_id, file_id, until), signature, _PURPOSE)
    if not good or until < clock.now():
        raise LinkExpired("This link has expired. Open the conversation again for a fresh one.")


def _text(channel_id: str, file_id: str, until: int) -> str:
    return f"{channel_id} {file_id} {until}"
