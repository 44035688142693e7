"""The one-time code of an installation that nobody has set up: whoever reads the server's output may do it.

It is a file in the data directory, for this user only, so that every worker knows it and a restart keeps it.
"""

import hmac
import os
from contextlib import suppress
from pathlib import Path

from dibs.accounts import tokens
from dibs.errors import Forbidden
from dibs.settings import Settings

FILE = "first-run-code"


def issued(settings: Settings) -> str:
    """The code, made when there is none. Raises OSError when the data directory cannot be written."""
    place = _place(settings)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not (code := _read(place)):
        # Empty is what a crash between making and writing leaves.
        place.unlink(missing_ok=True)
        code = tokens.one_time_password()
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(code)
    return code


def must_match(settings: Settings, given: str) -> None:
    """Refuses with 403 a code that is not this installation's."""
    code = _read(_place(settings))
    if not code or not hmac.compare_digest(code.encode(), given.strip().encode("utf-8", "surrogatepass")):
        raise Forbidden(
            "This is not the code that dibs serve printed. Open the whole link that it printed.", needs="code"
        )


def forget(settings: Settings) -> None:
    """Ends the code's life. One that cannot be removed opens nothing once there is a workspace."""
    with suppress(OSError):
        _place(settings).unlink()


def _place(settings: Settings) -> Path:
    return settings.data_dir / FILE


def _read(place: Path) -> str:
    try:
        return place.read_text().strip()
    except (OSError, ValueError):
        return ""
