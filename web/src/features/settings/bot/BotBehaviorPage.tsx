import { i18n } from "@lingui/core";

import { SaveBar } from "@/ui/SaveBar";

import { Card } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SettingSwitch } from "../workspace/SettingSwitch";
import { useSettingsForm, useSettingSwitch } from "../workspace/useSettings";
import { BotCard } from "./BotCard";
import { EscalationCard } from "./EscalationCard";

/** Workspace Settings > Bot Behavior. */
export function BotBehaviorPage() {
  const { draft, isReadOnly } = useSettingsForm();
  const pause = useSettingSwitch("pause_bot_on_claim");
  return (
    <Page
      title={i18n._("Bot Behavior")}
      intro={i18n._("Which bot answers, and when it steps back for a person.")}
    >
      <ReadOnly />
      <BotCard draft={draft} isReadOnly={isReadOnly} />
      <Card
        title={i18n._("Claims")}
        foot={
          <Effect
            when={i18n._("Takes effect at the next claim; read at that moment.")}
            settings={["pause_bot_on_claim"]}
          />
        }
      >
        <SettingSwitch
          setting={pause}
          label={i18n._("Pause bot on human claim")}
          hint={i18n._(
            "From the claim on the bot starts no answer until somebody hands back to it. Switched off, it keeps answering beside the agent.",
          )}
        />
      </Card>
      <EscalationCard draft={draft} isReadOnly={isReadOnly} />
      <SaveBar draft={draft} />
    </Page>
  );
}
