"""The pages of the settings, as everybody who is signed in can open them: path under /settings/ and heading."""

SETTINGS = {
    "inbox": "Inbox",
    "notifications": "Notifications",
    "keyboard": "Keyboard",
    "profile": "Profile",
    "team/members": "Members",
    "team/pools": "Pools",
    "team/tags": "Tags",
    "team/canned-replies": "Canned replies",
    "workspace/general": "General",
    "workspace/channels": "Channels",
    "workspace/bot-behavior": "Bot Behavior",
    "workspace/stale-claim": "Stale Claim",
    "workspace/limits": "Limits",
    "workspace/auto-resolve": "Auto-resolve",
    "workspace/business-hours": "Business hours",
    "workspace/api-keys": "API keys",
}
