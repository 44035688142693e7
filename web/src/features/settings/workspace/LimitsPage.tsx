import { i18n } from "@lingui/core";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "@/ui/SaveBar";
import { AmountRow } from "./AmountRow";
import { SettingSwitch } from "./SettingSwitch";
import { useSettingsForm, useSettingSwitch } from "./useSettings";

/** Workspace Settings > Limits. */
export function LimitsPage() {
  const { draft, isReadOnly } = useSettingsForm();
  const { max_claims_per_agent: most, takeover_timeout_minutes: timeout } = draft.value;
  const autoClaim = useSettingSwitch("auto_claim_default");
  return (
    <Page
      title={i18n._("Limits")}
      intro={i18n._("How much one agent may hold, and how long a question waits.")}
    >
      <ReadOnly />
      <Card
        title={i18n._("Claims")}
        foot={
          <Effect
            when={i18n._("Takes effect at the next claim. Lowering it takes nothing away.")}
            settings={["max_claims_per_agent"]}
          />
        }
      >
        <Rows>
          <AmountRow
            draft={draft}
            name="max_claims_per_agent"
            label={i18n._("Most claims per agent")}
            hint={i18n._(
              "Open and snoozed conversations count. It binds claims, reassignments and rules alike; an admin may pass it for somebody when reassigning, which the audit shows.",
            )}
            unit={i18n._("{count, plural, one {conversation} other {conversations}}", { count: most })}
            max={100_000}
            disabled={isReadOnly}
          />
        </Rows>
      </Card>
      <Card
        title={i18n._("Take-over")}
        foot={
          <Effect
            when={i18n._("Takes effect with the next request.")}
            settings={["takeover_timeout_minutes"]}
          />
        }
      >
        <Rows>
          <AmountRow
            draft={draft}
            name="takeover_timeout_minutes"
            label={i18n._("A take-over request lapses after")}
            hint={i18n._(
              "If the owner does not answer by then, nothing changes and the asker may ask again.",
            )}
            unit={i18n._("{count, plural, one {minute} other {minutes}}", { count: timeout })}
            max={525_600}
            disabled={isReadOnly}
          />
        </Rows>
      </Card>
      <Card
        title={i18n._("New agents")}
        foot={
          <Effect
            when={i18n._("Takes effect for members who join from now on.")}
            settings={["auto_claim_default"]}
          />
        }
      >
        <SettingSwitch
          setting={autoClaim}
          label={i18n._("Auto-claim on first reply")}
          hint={i18n._(
            "What new agents start with. Everybody changes it for themselves at Settings > Inbox.",
          )}
        />
      </Card>
      <SaveBar draft={draft} />
    </Page>
  );
}
