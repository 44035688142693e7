import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { tagsQuery } from "@/api/queries";
import type { WorkspaceSettings } from "@/api/types";
import { Field, TextArea } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import type { Draft } from "@/ui/useDraft";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Words } from "../parts/Words";

type Escalation = WorkspaceSettings["escalation"];
type Trigger = "on_request" | "on_low_confidence" | "on_frustration" | "on_rule" | "on_article";
type List = "phrases" | "frustration_phrases" | "words" | "tags";
const LONGEST_MESSAGE = 2_000;

/** What makes the bot hand over, each switchable, and what the customer is told. */
export function EscalationCard({
  draft,
  isReadOnly,
}: {
  draft: Draft<WorkspaceSettings>;
  isReadOnly: boolean;
}) {
  const { data: tags = [] } = useQuery(tagsQuery);
  const { escalation } = draft.value;
  const set = (changes: Partial<Escalation>) => draft.set("escalation", { ...escalation, ...changes });
  const words = (name: List, label: string, hint: string, placeholder: string) => (
    <div className="mt-3 ml-13">
      <p className="text-[0.8125rem] font-medium">{label}</p>
      <p className="mt-0.5 mb-1.5 text-xs text-quiet">{hint}</p>
      <Words
        label={label}
        value={escalation[name]}
        onChange={(next) => set({ [name]: next })}
        options={name === "tags" ? tags.map((tag) => ({ value: tag.name, label: tag.name })) : []}
        isFree
        placeholder={placeholder}
        disabled={isReadOnly}
      />
    </div>
  );
  const more: Partial<Record<Trigger, ReactNode>> = {
    on_request: words(
      "phrases",
      i18n._("More ways to ask for a person"),
      i18n._("Beside those that Dibs knows in several languages. Enter adds one."),
      i18n._("talk to a manager"),
    ),
    on_frustration: words(
      "frustration_phrases",
      i18n._("More words of somebody who has had enough"),
      i18n._("Beside those that Dibs knows. Enter adds one."),
      i18n._("this is useless"),
    ),
    on_rule: (
      <>
        {words(
          "tags",
          i18n._("Tags that escalate"),
          i18n._("A conversation that gets one of these tags is escalated."),
          i18n._("complaint"),
        )}
        {words(
          "words",
          i18n._("Words that escalate"),
          i18n._("A customer's message with one of these words is escalated."),
          i18n._("lawyer"),
        )}
      </>
    ),
  };
  return (
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
          <div key={name}>
            <Switch
              label={label}
              hint={hint}
              checked={escalation[name]}
              onChange={(isOn) => set({ [name]: isOn })}
              disabled={isReadOnly}
            />
            {escalation[name] && more[name]}
          </div>
        ))}
        <Field
          label={i18n._("Message to the customer")}
          hint={i18n._("Sent at an escalation, in these words. Empty: nothing is sent.")}
          error={draft.errorOf("escalation")}
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
  );
}

function triggers(): { name: Trigger; label: string; hint: string }[] {
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
    {
      name: "on_rule",
      label: i18n._("A tag or a word says so"),
      hint: i18n._("Rules of your own: topics that are never for the bot."),
    },
    {
      name: "on_article",
      label: i18n._("The article is for people"),
      hint: i18n._("The answer would come from an article marked “Hand to a human”."),
    },
  ];
}
