import { i18n } from "@lingui/core";

import { Switch } from "@/ui/Switch";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "@/ui/SaveBar";
import { AmountRow } from "./AmountRow";
import { useSettingsForm } from "./useSettings";

const YEAR = 525_600;

/** Workspace Settings > Stale Claim. */
export function StaleClaimPage() {
  const { draft, isReadOnly } = useSettingsForm();
  const {
    stale_after_minutes: flag,
    auto_release_after_minutes: release,
    auto_release_enabled: isOn,
  } = draft.value;
  const isTooEarly = release < flag;
  return (
    <Page
      title={i18n._("Stale Claim")}
      intro={i18n._(
        "What happens to conversations whose owner shows no activity: no focused window with input, no reply, no change. Both clocks run from the later of the last activity and the claim.",
      )}
    >
      <ReadOnly />
      <Card
        title={i18n._("Stale flag")}
        foot={
          <Effect
            when={i18n._("Takes effect within a minute, for every open claim.")}
            settings={["stale_after_minutes"]}
          />
        }
      >
        <Rows>
          <AmountRow
            draft={draft}
            name="stale_after_minutes"
            label={i18n._("Flag a claim after")}
            hint={i18n._(
              "Then all open, unsnoozed conversations of that agent get a badge and stand in the Stale view; the agent and admins are told once. Activity clears it.",
            )}
            unit={i18n._("{count, plural, one {minute} other {minutes}}", { count: flag })}
            max={YEAR}
            disabled={isReadOnly}
          />
        </Rows>
      </Card>
      <Card
        title={i18n._("Auto-release")}
        foot={
          <Effect
            when={i18n._("Switching it on begins with warnings: nothing is released in the first 2 minutes.")}
            settings={["auto_release_enabled", "auto_release_after_minutes"]}
          />
        }
      >
        <Rows>
          <Switch
            label={i18n._("Release stale claims automatically")}
            hint={i18n._(
              "The conversation reappears in Unclaimed with who held it and why. The agent is warned at least 2 minutes before, can keep it with any key, and can reclaim it afterwards.",
            )}
            checked={isOn}
            onChange={(next) => draft.set("auto_release_enabled", next)}
            disabled={isReadOnly}
          />
          <AmountRow
            draft={draft}
            name="auto_release_after_minutes"
            label={i18n._("Release after")}
            hint={i18n._("Never sooner than the flag: what is released was stale first.")}
            unit={i18n._("{count, plural, one {minute} other {minutes}}", { count: release })}
            max={YEAR}
            disabled={isReadOnly}
            trouble={
              isTooEarly
                ? i18n._("At least {flag, plural, one {# minute} other {# minutes}}: the flag comes first.", {
                    flag,
                  })
                : undefined
            }
          />
        </Rows>
      </Card>
      <SaveBar draft={draft} disabled={isTooEarly} />
    </Page>
  );
}
