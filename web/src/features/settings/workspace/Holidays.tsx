import { i18n } from "@lingui/core";
import { CalendarOff, Plus, X } from "lucide-react";
import { useState } from "react";

import { Button } from "@/ui/Button";
import { Field, TextInput } from "@/ui/Field";
import { IconButton } from "@/ui/IconButton";

import { Card } from "../parts/Card";
import { dateName } from "./days";

/** Days on which the team does not work at all. */
export function Holidays({
  holidays,
  onChange,
  disabled,
}: {
  holidays: readonly string[];
  onChange: (holidays: string[]) => void;
  disabled: boolean;
}) {
  const [date, setDate] = useState("");
  const isThere = holidays.includes(date);
  const add = () => {
    onChange([...holidays, date].toSorted());
    setDate("");
  };
  return (
    <Card title={i18n._("Holidays")} intro={i18n._("Days off, whatever day of the week they are.")}>
      {holidays.length === 0 ? (
        <p className="flex items-center gap-2 py-1 text-quiet">
          <CalendarOff size={16} aria-hidden="true" />
          {i18n._("No holidays yet.")}
        </p>
      ) : (
        <ul className="grid gap-1.5 sm:grid-cols-2">
          {holidays.map((each) => (
            <li key={each} className="flex items-center justify-between rounded-lg bg-sunken py-0.5 pl-3">
              <time dateTime={each}>{dateName(each)}</time>
              {disabled ? (
                <span className="h-8" />
              ) : (
                <IconButton
                  label={i18n._("Remove {date}", { date: dateName(each) })}
                  icon={<X size={15} />}
                  onClick={() => onChange(holidays.filter((other) => other !== each))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!disabled && (
        <div className="mt-3 flex flex-wrap items-end gap-2">
          <Field label={i18n._("Day")} error={isThere ? i18n._("It is in the list.") : undefined}>
            <TextInput
              type="date"
              value={date}
              onChange={(event) => setDate(event.target.value)}
              className="w-44"
            />
          </Field>
          <Button icon={<Plus size={15} />} disabled={date === "" || isThere} onClick={add} className="h-9">
            {i18n._("Add")}
          </Button>
        </div>
      )}
    </Card>
  );
}
