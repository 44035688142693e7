import { i18n } from "@lingui/core";

import type { Notification } from "@/api/types";
import { useRemembered } from "@/ui/remembered";
import { sound } from "@/ui/sound";
import { say } from "@/ui/status";
import { Switch } from "@/ui/Switch";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { sentence, useChangePreferences, useMe } from "../queries";

type Kind = Notification["kind"];

/** Every kind that the server sends, with what it means. */
function kinds(): Record<Kind, { label: string; hint: string }> {
  return {
    customer_reply: {
      label: i18n._("Customer reply"),
      hint: i18n._("A customer wrote in a conversation of yours."),
    },
    unclaimed_waiting: {
      label: i18n._("Unclaimed, waiting"),
      hint: i18n._("A conversation that you could claim waits, and no bot serves it."),
    },
    reassigned: {
      label: i18n._("Reassigned or assigned to you"),
      hint: i18n._("With a link and the handoff note."),
    },
    takeover_requested: {
      label: i18n._("Take-over asked"),
      hint: i18n._("A teammate asks for a conversation of yours."),
    },
    takeover_answered: {
      label: i18n._("Take-over answered"),
      hint: i18n._("Your request was accepted or declined, or has lapsed."),
    },
    claim_stale: {
      label: i18n._("Claim went stale"),
      hint: i18n._("You hold it without activity; admins hear it too."),
    },
    claim_expiring: {
      label: i18n._("Claim about to be released"),
      hint: i18n._("The warning before auto-release, with Keep."),
    },
    released: {
      label: i18n._("Claim released"),
      hint: i18n._("Auto-release or an admin gave back a conversation of yours."),
    },
    mention: { label: i18n._("Mention"), hint: i18n._("Somebody named you in a note.") },
  };
}

/** Settings > Notifications > Conversation activity. */
export function NotificationSettings() {
  const { preferences } = useMe();
  const change = useChangePreferences();
  const isLoud = useRemembered(sound) === "on";
  const set = (kind: string, isOn: boolean) =>
    change.mutate(
      { notifications: { [kind]: isOn } },
      { onSuccess: () => say(i18n._("Saved"), { tone: "good" }) },
    );
  return (
    <Page
      title={i18n._("Notifications")}
      intro={i18n._("What tells you that something happened. Only for you.")}
    >
      <Card
        title={i18n._("Conversation activity")}
        intro={i18n._("What the bell in the app shows and counts. Bot messages never notify.")}
        foot={<Effect when={i18n._("Takes effect with the next notification, in every open window.")} />}
      >
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-xs text-quiet">
              <th scope="col" className="py-2 font-medium">
                {i18n._("Kind")}
              </th>
              <th scope="col" className="w-16 py-2 text-right font-medium">
                {i18n._("In-app")}
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(kinds()).map(([kind, { label, hint }]) => (
              <tr key={kind} className="border-b border-line last:border-0">
                <th scope="row" className="py-3 pr-4 font-normal">
                  <span className="block font-medium">{label}</span>
                  <span className="block text-[0.8125rem] text-quiet">{hint}</span>
                </th>
                <td className="py-3">
                  <div className="-mr-3 flex justify-end">
                    <Switch
                      label={<span className="sr-only">{i18n._("{label}, in-app", { label })}</span>}
                      checked={preferences.notifications[kind] !== false}
                      onChange={(isOn) => set(kind, isOn)}
                    />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {change.error && <p className="mt-2 text-xs font-medium text-bad">{sentence(change.error)}</p>}
      </Card>
      <Card title={i18n._("Sound")} foot={<Effect when={i18n._("Takes effect at once, in this browser.")} />}>
        <Rows>
          <Switch
            label={i18n._("Play a sound")}
            hint={i18n._("A short tone for each new notification, in this browser.")}
            checked={isLoud}
            onChange={(isOn) => sound.set(isOn ? "on" : "off")}
          />
        </Rows>
      </Card>
      <p className="px-1 text-[0.8125rem] text-quiet">
        {i18n._(
          "Desktop, email and Slack notifications come with later versions; each will have its own column here.",
        )}
      </p>
    </Page>
  );
}
