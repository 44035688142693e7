"""What a slice below causes in a slice above, in the same transaction: all of it, on one page."""

from dibs.bot import erasure as bot_erasure
from dibs.bot import reactions as bot
from dibs.channels import connections
from dibs.channels import erasure as channels_erasure
from dibs.conversations import departures, of_contacts, staleness
from dibs.delivery import erasure as delivery_erasure
from dibs.delivery import notifications, outbox
from dibs.tx import Core


def connect(core: Core) -> None:
    """Registers every reaction with a core that is new."""
    # First, so that whoever is told of a message sees whether the bot has taken it.
    bot.register(core)
    notifications.register(core)
    outbox.register(core)
    core.channel_of = connections.outgoing
    core.react("contact.merged", of_contacts.follow_merge)
    core.react("contact.deleted", of_contacts.keep_customers)
    # What each slice knows of a customer who is erased.
    core.react("contact.erased", channels_erasure.forget_contacts)
    core.react("conversations.erased", channels_erasure.forget_conversations)
    core.react("conversations.erased", delivery_erasure.forget)
    core.react("conversations.erased", bot_erasure.forget)
    core.on_activity.append(staleness.clear)
    core.on_member_removed.append(departures.release_all)
    core.on_settings_changed.append(staleness.settings_changed)
