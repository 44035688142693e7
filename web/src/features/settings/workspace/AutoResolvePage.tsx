import { i18n } from "@lingui/core";

import { Switch } from "@/ui/Switch";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "@/ui/SaveBar";
import { AmountRow } from "./AmountRow";
import { useSettingsForm } from "./useSettings";

/** Workspace Settings > Auto-resolve. */
export function AutoResolvePage() {
  const { draft, isReadOnly } = useSettingsForm();
  const days = draft.value.auto_resolve_after_days;
  return (
    <Page
      title={i18n._("Auto-resolve")}
      intro={i18n._("Closes conversations in which nobody has written for a while.")}
    >
      <ReadOnly />
      <Card
        foot={
          <Effect
            when={i18n._("Takes effect within minutes, in batches.")}
            settings={["auto_resolve_enabled", "auto_resolve_after_days"]}
          />
        }
      >
        <Rows>
          <Switch
            label={i18n._("Resolve quiet conversations")}
            hint={i18n._(
              "Claimed ones too: the claim ends, and the history names the rule. When the customer writes again, the conversation reopens, unclaimed.",
            )}
            checked={draft.value.auto_resolve_enabled}
            onChange={(isOn) => draft.set("auto_resolve_enabled", isOn)}
            disabled={isReadOnly}
          />
          <AmountRow
            draft={draft}
            name="auto_resolve_after_days"
            label={i18n._("Resolve after")}
            hint={i18n._("Without a message from either side.")}
            unit={i18n._("{count, plural, one {day} other {days}}", { count: days })}
            max={36_500}
            disabled={isReadOnly || !draft.value.auto_resolve_enabled}
          />
        </Rows>
      </Card>
      <SaveBar draft={draft} />
    </Page>
  );
}
