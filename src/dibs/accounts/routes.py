"""Every route of accounts. Those of `public_routes` need no credentials, all others identify their caller first."""

from fastapi import APIRouter

from dibs.accounts import agents_routes, keys_routes, me_routes, public_routes, settings_routes

router = APIRouter()
for each in (
    public_routes.router,
    me_routes.router,
    me_routes.heartbeats,
    agents_routes.router,
    keys_routes.keys,
    keys_routes.invites,
    settings_routes.router,
):
    # Not include_router: that matches every path twice, and these bring their prefixes with them.
    router.routes.extend(each.routes)
