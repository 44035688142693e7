import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";

import { tagsQuery } from "@/api/queries";
import type { WorkspaceSettings } from "@/api/types";
import { Field, TextArea } from "@/ui/Field";
import { Switch } from "@/ui/Switch";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "../parts/SaveBar";
import { Words } from "../parts/Words";
import { SettingSwitch } from "./SettingSwitch";
import { useSettingsForm, useSettingSwitch } from "./useSettings";

type Escalation = WorkspaceSettings["escalation"];
const LONGEST_MESSAGE = 2_000;

/** Workspace Settings > Bot Behavior. */
export function BotBehaviorPage() {
  const { draft, isReadOnly } = useSettingsForm();
  const pause = useSettingSwitch("pause_bot_on_claim");
  const { data: tags = [] } = useQuery(tagsQuery);
  const { escalation } = draft.value;
  const set = (changes: Partial<Escalation>) => draft.set("escalation", { ...escalation, ...changes });
  const error = draft.errorOf("escalation");
  return (
    <Page title={i18n._("Bot Behavior")} intro={i18n._("When the bot steps back for a person.")}>
      <ReadOnly />
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
      <Card
        title={i18n._("Escalation")}
        intro={i18n._(
          "Then the bot stops, the conversation rises to the top of Unclaimed, and those who could claim it are told. Handing back or resolving clears it.",
        )}
        foot={
          <Effect when={i18n._("Takes effect with the customer's next message.")} settings={["escalation"]} />
        }
      >
        <Rows>
          {triggers().map(({ name, label, hint }) => (
            <Switch
              key={name}
              label={label}
              hint={hint}
              checked={escalation[name]}
              onChange={(isOn) => set({ [name]: isOn })}
              disabled={isReadOnly}
            />
          ))}
          <div>
            <p className="font-medium">{i18n._("Phrases")}</p>
            <p className="mt-0.5 mb-2 text-[0.8125rem] text-quiet">
              {i18n._(
                "Words that ask for a person or show frustration, beside those that Dibs knows. Enter adds one.",
              )}
            </p>
            <Words
              label={i18n._("Phrases")}
              value={escalation.phrases}
              onChange={(phrases) => set({ phrases })}
              options={[]}
              isFree
              placeholder={i18n._("talk to a manager")}
              disabled={isReadOnly}
            />
          </div>
          <div>
            <p className="font-medium">{i18n._("Tags")}</p>
            <p className="mt-0.5 mb-2 text-[0.8125rem] text-quiet">
              {i18n._("A conversation that gets one of these tags is escalated.")}
            </p>
            <Words
              label={i18n._("Tags that escalate")}
              value={escalation.tags}
              onChange={(next) => set({ tags: next })}
              options={tags.map((tag) => ({ value: tag.name, label: tag.name }))}
              isFree
              placeholder={i18n._("complaint")}
              disabled={isReadOnly}
            />
          </div>
          <Field
            label={i18n._("Message to the customer")}
            hint={i18n._("Sent at an escalation, in these words. Empty: nothing is sent.")}
            error={error}
          >
            <TextArea
              value={escalation.message}
              maxLength={LONGEST_MESSAGE}
              disabled={isReadOnly}
              placeholder={i18n._("One moment please, a colleague takes over.")}
              onChange={(event) => set({ message: event.target.value })}
            />
          </Field>
        </Rows>
      </Card>
      <SaveBar draft={draft} />
    </Page>
  );
}

function triggers(): {
  name: "on_request" | "on_low_confidence" | "on_frustration";
  label: string;
  hint: string;
}[] {
  return [
    {
      name: "on_request",
      label: i18n._("The customer asks for a human"),
      hint: i18n._("In their own words, or with one of the phrases below."),
    },
    {
      name: "on_low_confidence",
      label: i18n._("The bot is not sure"),
      hint: i18n._("Two answers of low confidence in a row."),
    },
    {
      name: "on_frustration",
      label: i18n._("The customer is frustrated"),
      hint: i18n._("The same question three times, or the words for it."),
    },
  ];
}
