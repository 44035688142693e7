import { i18n } from "@lingui/core";

import type { Me, Role } from "@/api/types";

export type Scope = Me["scopes"][number];

/** The least role that a scope is of use to. */
const NEEDS: Record<Scope, Role> = {
  "conversations:read": "viewer",
  "conversations:write": "agent",
  "contacts:read": "viewer",
  "contacts:write": "agent",
  "analytics:read": "viewer",
  "webhooks:write": "admin",
  bot: "agent",
  admin: "admin",
};

const ORDER: readonly Role[] = ["viewer", "agent", "admin", "owner"];

/** The scopes that a key of somebody with this role can make use of. */
export function scopesFor(role: Role): Scope[] {
  return (Object.keys(NEEDS) as Scope[]).filter(
    (scope) => ORDER.indexOf(NEEDS[scope]) <= ORDER.indexOf(role),
  );
}

export function scopeHint(scope: Scope): string {
  const hints: Record<Scope, string> = {
    "conversations:read": i18n._("Read conversations and messages"),
    "conversations:write": i18n._("Claim, release, reply, tag, resolve"),
    "contacts:read": i18n._("Read contacts"),
    "contacts:write": i18n._("Add and change contacts"),
    "analytics:read": i18n._("Read the figures"),
    "webhooks:write": i18n._("Set up webhooks"),
    bot: i18n._("Answer as an external bot"),
    admin: i18n._("Settings, pools, members, keys, audit"),
  };
  return hints[scope];
}
