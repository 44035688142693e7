import { i18n } from "@lingui/core";
import { useState } from "react";

import { Field, TextInput } from "@/ui/Field";

import { rangeErrors, type Range } from "./ranges";

/** The first and the last day. What cannot be a range is said beside the field and changes nothing. */
export function RangeFields({
  from,
  to,
  latest,
  onChange,
}: Range & { latest: string; onChange: (range: Range) => void }) {
  const [typed, setTyped] = useState<Range>({ from, to });
  const errors = rangeErrors(typed, latest);
  const type = (changes: Partial<Range>) => {
    const next = { ...typed, ...changes };
    setTyped(next);
    const isGood = Object.keys(rangeErrors(next, latest)).length === 0;
    if (isGood && (next.from !== from || next.to !== to)) onChange(next);
  };
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field label={i18n._("From")} error={errors.from}>
        <TextInput
          type="date"
          value={typed.from}
          max={latest}
          required
          className="w-40"
          onChange={(event) => type({ from: event.target.value })}
        />
      </Field>
      <Field label={i18n._("To")} error={errors.to}>
        <TextInput
          type="date"
          value={typed.to}
          max={latest}
          required
          className="w-40"
          onChange={(event) => type({ to: event.target.value })}
        />
      </Field>
    </div>
  );
}
