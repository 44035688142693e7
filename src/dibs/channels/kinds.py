"""Every kind of channel that can be connected. A new one is a folder and a line here."""

from dibs.channels.port import Kind
from dibs.channels.whatsapp.kind import WHATSAPP

KINDS: dict[str, Kind] = {kind.name: kind for kind in (WHATSAPP,)}
