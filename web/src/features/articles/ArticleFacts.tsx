import { i18n } from "@lingui/core";

import { Field, TextInput } from "@/ui/Field";
import { languageName, languageOptions } from "@/ui/languages";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import type { Draft } from "@/ui/useDraft";

import type { ArticleDraft } from "./draftOf";

const LONGEST_TITLE = 200;

/** Title, language, and what the bot does with it. */
export function ArticleFacts({
  draft,
  languages,
  source,
}: {
  draft: Draft<ArticleDraft>;
  languages: readonly string[];
  source: string | null;
}) {
  const { value, set, errorOf } = draft;
  const known = languageOptions([...new Set([...languages, value.language])]);
  return (
    <section className="space-y-4 rounded-xl border border-line bg-surface p-4 sm:p-5">
      <div className="grid gap-4 sm:grid-cols-[1fr_13rem]">
        <Field label={i18n._("Title")} error={errorOf("title")}>
          <TextInput
            value={value.title}
            maxLength={LONGEST_TITLE}
            onChange={(event) => set("title", event.target.value)}
          />
        </Field>
        <div className="flex flex-col gap-1">
          <span className="text-[0.8125rem] font-medium">{i18n._("Language")}</span>
          <Select
            label={i18n._("Language of the article")}
            value={value.language}
            options={known.length > 0 ? known : [{ value: "en", label: languageName("en") }]}
            onChange={(language) => set("language", language)}
          />
        </div>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Switch
          label={i18n._("Published")}
          hint={i18n._("The assistant answers from it. Switched off, it is a draft.")}
          checked={value.published}
          onChange={(published) => set("published", published)}
        />
        <Switch
          label={i18n._("Hand to a human")}
          hint={i18n._("What it is about is for people: the assistant hands the conversation over.")}
          checked={value.hand_to_human}
          onChange={(isOn) => set("hand_to_human", isOn)}
        />
      </div>
      {source !== null && (
        <p className="text-xs [overflow-wrap:anywhere] text-quiet">
          {i18n._("Imported from {source}. Importing it again replaces its text.", { source })}
        </p>
      )}
    </section>
  );
}
