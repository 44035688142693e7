import { i18n } from "@lingui/core";
import { Rows3, Rows4 } from "lucide-react";

import { Badge } from "@/ui/Badge";
import { density } from "@/ui/density";
import { useRemembered } from "@/ui/remembered";
import { say } from "@/ui/status";
import { Switch } from "@/ui/Switch";

import { Card } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { OneOf } from "../parts/OneOf";
import { Page } from "../parts/Page";
import { sentence, useChangePreferences, useMe } from "../queries";

/** Settings > Inbox. */
export function InboxSettings() {
  const { preferences } = useMe();
  const change = useChangePreferences();
  const rows = useRemembered(density);
  const switchAutoClaim = (isOn: boolean) =>
    change.mutate({ auto_claim_on_reply: isOn }, { onSuccess: () => say(i18n._("Saved"), { tone: "good" }) });
  return (
    <Page title={i18n._("Inbox")} intro={i18n._("How you work with conversations. Only for you.")}>
      <Card
        title={i18n._("Auto-claim")}
        foot={<Effect when={i18n._("Takes effect with your next reply, in every open window.")} />}
      >
        <Switch
          label={
            <span className="inline-flex flex-wrap items-center gap-2">
              {i18n._("Auto-claim when I send the first reply")}
              <Badge tone="accent">{i18n._("Recommended")}</Badge>
            </span>
          }
          hint={i18n._(
            "Replying to an unclaimed conversation also claims it, in one step: if somebody was faster, nothing is sent. Switched off, a reply leaves the conversation unclaimed.",
          )}
          checked={preferences.auto_claim_on_reply}
          onChange={switchAutoClaim}
        />
        {change.error && <p className="mt-2 text-xs font-medium text-bad">{sentence(change.error)}</p>}
      </Card>
      <Card
        title={i18n._("Density")}
        intro={i18n._("How much room a conversation takes in the list.")}
        foot={<Effect when={i18n._("Takes effect at once, in this browser.")} />}
      >
        <OneOf
          label={i18n._("Density")}
          value={rows}
          onChange={density.set}
          options={[
            {
              value: "comfortable",
              label: i18n._("Comfortable"),
              hint: i18n._("Two lines and more air"),
              icon: <Rows3 size={18} />,
            },
            {
              value: "compact",
              label: i18n._("Compact"),
              hint: i18n._("More conversations at a glance"),
              icon: <Rows4 size={18} />,
            },
          ]}
        />
      </Card>
    </Page>
  );
}
