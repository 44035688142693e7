import { i18n } from "@lingui/core";
import { useDeferredValue, useState } from "react";

import { cx } from "@/ui/cx";
import { Field, TextArea } from "@/ui/Field";
import { number } from "@/ui/numbers";
import { Segmented } from "@/ui/Segmented";

import { Rendered } from "./ArticleReader";

const LONGEST = 100_000;

/** Markdown and how it reads: beside each other where there is room, one of them where there is not. */
export function ArticleText({
  value,
  language,
  error,
  onChange,
}: {
  value: string;
  language: string;
  error: string | undefined;
  onChange: (text: string) => void;
}) {
  const [shown, setShown] = useState<"write" | "preview">("write");
  const rendered = useDeferredValue(value);
  return (
    <section
      aria-label={i18n._("Text of the article")}
      className="rounded-xl border border-line bg-surface p-4 sm:p-5"
    >
      <div className="mb-3 lg:hidden">
        <Segmented
          label={i18n._("Show")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "write", label: i18n._("Write") },
            { value: "preview", label: i18n._("Preview") },
          ]}
        />
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <div className={cx(shown === "preview" && "max-lg:hidden")}>
          <Field
            label={i18n._("Text, in Markdown")}
            hint={i18n._("{length} of {most} characters", {
              length: number(value.length),
              most: number(LONGEST),
            })}
            error={error}
          >
            <TextArea
              rows={18}
              lang={language}
              dir="auto"
              value={value}
              maxLength={LONGEST}
              spellCheck
              onChange={(event) => onChange(event.target.value)}
              className="min-h-80 font-mono text-[0.8125rem]"
            />
          </Field>
        </div>
        <div className={cx("min-w-0", shown === "write" && "max-lg:hidden")}>
          <h2 className="mb-1 text-[0.8125rem] font-medium">{i18n._("Preview")}</h2>
          <div
            lang={language}
            role="region"
            aria-label={i18n._("Preview")}
            // Whoever reads by keys alone scrolls it with them.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className="max-h-[36rem] min-h-40 overflow-y-auto rounded-lg border border-line bg-sunken p-4"
          >
            {rendered.trim() === "" ? (
              <p className="text-quiet">{i18n._("What you write appears here.")}</p>
            ) : (
              <Rendered text={rendered} />
            )}
          </div>
        </div>
      </div>
    </section>
  );
}
