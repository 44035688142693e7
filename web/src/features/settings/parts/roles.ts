import { i18n } from "@lingui/core";

import type { Role } from "@/api/types";

export const ROLES: readonly Role[] = ["viewer", "agent", "admin", "owner"];

export function roleName(role: Role): string {
  const names: Record<Role, string> = {
    viewer: i18n._("Viewer"),
    agent: i18n._("Agent"),
    admin: i18n._("Admin"),
    owner: i18n._("Owner"),
  };
  return names[role];
}

/** What a role may do, in a line. */
export function roleHint(role: Role): string {
  const hints: Record<Role, string> = {
    viewer: i18n._("Reads, and sets own preferences"),
    agent: i18n._("Claims, writes, tags, edits contacts"),
    admin: i18n._("Also settings, pools, members, keys, audit"),
    owner: i18n._("Also admins, and the workspace itself"),
  };
  return hints[role];
}

/** Roles that somebody may give: admins and owners are for owners. */
export function rolesToGive(mine: Role): Role[] {
  if (mine === "owner") return [...ROLES];
  return mine === "admin" ? ["viewer", "agent"] : [];
}

/** Whether somebody may change a member: admins and owners are for owners, but anybody may step down. */
export function mayManage(mine: Role, theirs: Role, isMe: boolean): boolean {
  if (mine === "owner") return true;
  return mine === "admin" && (isMe || theirs === "viewer" || theirs === "agent");
}
