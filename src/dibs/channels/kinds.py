"""Every kind of channel that can be connected. A new one is a folder and a line here."""

from dibs.channels.email import kind as email
from dibs.channels.port import Kind
from dibs.channels.whatsapp.kind import WHATSAPP
from dibs.channels.widget.settings import KIND as WIDGET

KINDS: dict[str, Kind] = {kind.name: kind for kind in (WIDGET, WHATSAPP, email.KIND)}
