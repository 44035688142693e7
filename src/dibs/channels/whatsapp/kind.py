"""WhatsApp as a kind of channel."""

from dibs.channels.port import Kind
from dibs.channels.whatsapp.account import Account, address, verify
from dibs.channels.whatsapp.sending import send

WHATSAPP = Kind(name="whatsapp", settings=Account, address=address, verify=verify, send=send)
