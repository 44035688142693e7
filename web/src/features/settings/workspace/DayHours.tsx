import { i18n } from "@lingui/core";
import { CopyCheck, Plus, X } from "lucide-react";

import { cx } from "@/ui/cx";
import { IconButton } from "@/ui/IconButton";

import { dayName } from "./days";
import {
  endFromField,
  endToField,
  nextStretch,
  ofDay,
  onWeekdays,
  withDay,
  type Day,
  type Opening,
  type Trouble,
} from "./openings";

/** One weekday: closed, or open in one or several stretches. */
export function DayHours({
  day,
  openings,
  wrong,
  onChange,
  disabled,
}: {
  day: Day;
  openings: readonly Opening[];
  wrong: ReadonlyMap<number, Trouble>;
  onChange: (openings: Opening[]) => void;
  disabled: boolean;
}) {
  const stretches = ofDay(openings, day);
  const name = dayName(day);
  const change = (next: readonly Omit<Opening, "day">[]) => onChange(withDay(openings, day, next));
  return (
    <div role="group" aria-label={name} className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2!">
      <span className="w-24 pt-1.5 font-medium">{name}</span>
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-1.5">
        {stretches.length === 0 && (
          <span className="pt-1.5 text-quiet">
            {openings.length === 0 ? i18n._("Open all day") : i18n._("Closed")}
          </span>
        )}
        {stretches.map((stretch, at) => (
          <Stretch
            // Stretches have no name but their place.
            key={at}
            day={name}
            stretch={stretch}
            trouble={wrong.get(openings.indexOf(stretch))}
            disabled={disabled}
            onChange={(next) => change(stretches.map((each, index) => (index === at ? next : each)))}
            onRemove={() => change(stretches.filter((_, index) => index !== at))}
          />
        ))}
      </div>
      {!disabled && (
        <div className="flex">
          {stretches.length > 0 && (
            <IconButton
              label={i18n._("Copy to Monday to Friday")}
              aria-label={i18n._("Copy the hours of {day} to Monday to Friday", { day: name })}
              icon={<CopyCheck size={15} />}
              onClick={() => onChange(onWeekdays(openings, day))}
            />
          )}
          <IconButton
            label={i18n._("Add hours")}
            aria-label={i18n._("Add hours on {day}", { day: name })}
            icon={<Plus size={16} />}
            onClick={() => change([...stretches, nextStretch(stretches)])}
          />
        </div>
      )}
    </div>
  );
}

function Stretch({
  day,
  stretch,
  trouble,
  onChange,
  onRemove,
  disabled,
}: {
  day: string;
  stretch: Opening;
  trouble: Trouble | undefined;
  onChange: (next: Opening) => void;
  onRemove: () => void;
  disabled: boolean;
}) {
  const field = cx(
    "h-8 rounded-lg border bg-surface px-2 tabular-nums disabled:opacity-60",
    trouble === undefined ? "border-line-strong" : "border-bad",
  );
  return (
    <div>
      <div className="flex items-center gap-2">
        <input
          type="time"
          aria-label={i18n._("{day}, from", { day })}
          aria-invalid={trouble !== undefined}
          value={stretch.start}
          disabled={disabled}
          onChange={(event) => onChange({ ...stretch, start: event.target.value })}
          className={field}
        />
        <span aria-hidden="true" className="text-quiet">
          –
        </span>
        <input
          type="time"
          aria-label={i18n._("{day}, until", { day })}
          aria-invalid={trouble !== undefined}
          value={endToField(stretch.end)}
          disabled={disabled}
          onChange={(event) => onChange({ ...stretch, end: endFromField(event.target.value) })}
          className={field}
        />
        {!disabled && (
          <IconButton
            label={i18n._("Remove")}
            aria-label={i18n._("Remove {start} to {end} on {day}", {
              start: stretch.start,
              end: stretch.end,
              day,
            })}
            icon={<X size={15} />}
            onClick={onRemove}
          />
        )}
      </div>
      {trouble !== undefined && (
        <p role="alert" className="mt-0.5 text-xs font-medium text-bad">
          {troubleText(trouble)}
        </p>
      )}
    </div>
  );
}

function troubleText(trouble: Trouble): string {
  const texts: Record<Trouble, string> = {
    order: i18n._("It must end later than it begins. Split a night over two days, at midnight."),
    overlap: i18n._("It overlaps with the hours above."),
    incomplete: i18n._("Give both times."),
  };
  return texts[trouble];
}
