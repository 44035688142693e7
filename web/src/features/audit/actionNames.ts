import { i18n } from "@lingui/core";

/** Everything that is audited, by what it is about, with its name for people. */
export function actionGroups(): { group: string; name: string; actions: Record<string, string> }[] {
  return [
    {
      group: "conversation",
      name: i18n._("Everything about conversations"),
      actions: {
        "conversation.claimed": i18n._("Conversation claimed"),
        "conversation.released": i18n._("Conversation released"),
        "conversation.reassigned": i18n._("Conversation reassigned"),
        "conversation.resolved": i18n._("Conversation resolved"),
        "conversation.reopened": i18n._("Conversation reopened"),
        "conversation.snoozed": i18n._("Conversation snoozed"),
        "conversation.woken": i18n._("Conversation woken"),
        "conversation.archived": i18n._("Conversation archived"),
        "conversation.updated": i18n._("Conversation updated"),
        "conversation.escalated": i18n._("Conversation escalated"),
        "conversation.stale": i18n._("Claim went stale"),
        "conversation.stale_cleared": i18n._("Claim no longer stale"),
        "conversation.bot_paused": i18n._("Bot paused"),
        "conversation.bot_resumed": i18n._("Bot resumed"),
      },
    },
    {
      group: "takeover",
      name: i18n._("Everything about take-overs"),
      actions: {
        "takeover.requested": i18n._("Take-over requested"),
        "takeover.answered": i18n._("Take-over answered"),
      },
    },
    {
      group: "observer",
      name: i18n._("Everything about observers"),
      actions: {
        "observer.joined": i18n._("Observer joined"),
        "observer.left": i18n._("Observer left"),
      },
    },
    {
      group: "contact",
      name: i18n._("Everything about contacts"),
      actions: {
        "contact.created": i18n._("Contact created"),
        "contact.updated": i18n._("Contact updated"),
        "contact.merged": i18n._("Contact merged"),
        "contact.deleted": i18n._("Contact deleted"),
      },
    },
    {
      group: "agent",
      name: i18n._("Everything about agents"),
      actions: {
        "agent.created": i18n._("Agent created"),
        "agent.updated": i18n._("Agent updated"),
        "agent.removed": i18n._("Agent removed"),
      },
    },
    {
      group: "pool",
      name: i18n._("Everything about pools"),
      actions: {
        "pool.created": i18n._("Pool created"),
        "pool.updated": i18n._("Pool updated"),
        "pool.deleted": i18n._("Pool deleted"),
      },
    },
    {
      group: "tag",
      name: i18n._("Everything about tags"),
      actions: {
        "tag.created": i18n._("Tag created"),
        "tag.updated": i18n._("Tag updated"),
        "tag.deleted": i18n._("Tag deleted"),
      },
    },
    {
      group: "canned_reply",
      name: i18n._("Everything about canned replies"),
      actions: {
        "canned_reply.created": i18n._("Canned reply created"),
        "canned_reply.updated": i18n._("Canned reply updated"),
        "canned_reply.deleted": i18n._("Canned reply deleted"),
      },
    },
    {
      group: "saved_view",
      name: i18n._("Everything about saved views"),
      actions: {
        "saved_view.created": i18n._("Saved view created"),
        "saved_view.updated": i18n._("Saved view updated"),
        "saved_view.deleted": i18n._("Saved view deleted"),
      },
    },
    {
      group: "api_key",
      name: i18n._("Everything about API keys"),
      actions: {
        "api_key.created": i18n._("API key created"),
        "api_key.revoked": i18n._("API key revoked"),
      },
    },
    {
      group: "invitation",
      name: i18n._("Everything about invitations"),
      actions: {
        "invitation.created": i18n._("Invitation created"),
        "invitation.accepted": i18n._("Invitation accepted"),
        "invitation.revoked": i18n._("Invitation revoked"),
      },
    },
    {
      group: "session",
      name: i18n._("Everything about sign-ins"),
      actions: {
        "session.created": i18n._("Signed in"),
        "session.ended": i18n._("Signed out"),
        "password.changed": i18n._("Password changed"),
        "password_reset.created": i18n._("Password reset asked for"),
      },
    },
    {
      group: "settings",
      name: i18n._("Everything about settings"),
      actions: {
        "settings.updated": i18n._("Settings changed"),
        "preferences.updated": i18n._("Preferences changed"),
        "workspace.created": i18n._("Workspace created"),
        "audit.purged": i18n._("Audit purged"),
      },
    },
  ];
}

/** An action's name; one of a newer server reads as it is written. */
export function actionName(action: string): string {
  for (const { actions } of actionGroups()) {
    const name = actions[action];
    if (name !== undefined) return name;
  }
  return action;
}

/** Choices for the filter: a whole group where it has several actions of one prefix, then each of them. */
export function actionOptions(): { value: string; label: string }[] {
  return actionGroups().flatMap(({ group, name, actions }) => {
    const prefixed = Object.keys(actions).filter((each) => each.startsWith(`${group}.`));
    const whole = prefixed.length > 1 ? [{ value: `${group}.*`, label: name }] : [];
    return [...whole, ...Object.entries(actions).map(([value, label]) => ({ value, label }))];
  });
}
