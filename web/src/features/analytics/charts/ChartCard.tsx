import { i18n } from "@lingui/core";
import { useState, type ReactNode } from "react";

import { Segmented } from "@/ui/Segmented";

/** A drawing, what it says in a sentence, and the same as a table. Where colours are forced the table comes first. */
export function ChartCard({
  title,
  rule,
  summary,
  chart,
  table,
}: {
  title: string;
  rule: string;
  summary: string;
  chart: ReactNode;
  table: ReactNode;
}) {
  const [shown, setShown] = useState<"chart" | "table">(() =>
    window.matchMedia("(forced-colors: active)").matches ? "table" : "chart",
  );
  return (
    <section
      aria-label={title}
      className="flex min-w-0 flex-col gap-3 rounded-xl border border-line bg-surface p-4"
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="font-medium">{title}</h2>
          <p className="text-xs text-quiet">{rule}</p>
        </div>
        <Segmented
          small
          label={i18n._("{title} as", { title })}
          value={shown}
          options={[
            { value: "chart", label: i18n._("Chart") },
            { value: "table", label: i18n._("Table") },
          ]}
          onChange={setShown}
        />
      </div>
      <p className="text-[0.8125rem]">{summary}</p>
      {shown === "chart" ? chart : table}
    </section>
  );
}
