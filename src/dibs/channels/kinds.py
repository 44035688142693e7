"""Every kind of channel that can be connected. A new one is a folder and a line here."""

from collections.abc import Mapping

from dibs.channels.email import kind as email
from dibs.channels.port import Kind

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (email.KIND,)}
