import { i18n } from "@lingui/core";
import { useState } from "react";

import { cx } from "@/ui/cx";

/** So many tags and more get a field to find them by. */
const MANY = 10;

/** Tags to switch on and off. */
export function TagPicker({
  label,
  names,
  chosen,
  onChange,
}: {
  label: string;
  names: readonly string[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const all = [...new Set([...chosen, ...names])];
  const shown = all.filter((name) => name.toLowerCase().includes(wanted));
  return (
    <fieldset className="min-w-0 space-y-2 border-t border-line pt-2">
      <legend className="sr-only">{label}</legend>
      <div className="flex items-center gap-3">
        <span aria-hidden="true" className="w-20 shrink-0 text-[0.8125rem] text-quiet">
          {label}
        </span>
        {names.length >= MANY && (
          <input
            type="search"
            value={find}
            aria-label={i18n._("Find a tag")}
            placeholder={i18n._("Find a tag")}
            onChange={(event) => setFind(event.target.value)}
            className="h-8 min-w-0 flex-1 rounded-lg border border-line-strong bg-surface px-2.5 text-[0.8125rem] placeholder:text-quiet"
          />
        )}
      </div>
      <div className="flex max-h-32 flex-wrap gap-1.5 overflow-y-auto p-0.5">
        {shown.map((name) => {
          const isOn = chosen.includes(name);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={isOn}
              onClick={() => onChange(isOn ? chosen.filter((each) => each !== name) : [...chosen, name])}
              className={cx(
                "inline-flex h-6 items-center rounded-md border px-2 text-xs font-medium",
                isOn
                  ? "border-accent bg-accent-soft text-accent-ink"
                  : "border-line bg-surface text-quiet hover:bg-hover",
              )}
            >
              {name}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
