"""Every kind of channel that can be connected. A new one is a folder and a line here."""

from dibs.channels.port import Kind

KINDS: dict[str, Kind] = {}
