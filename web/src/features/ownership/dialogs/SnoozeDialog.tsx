import { i18n } from "@lingui/core";
import { useState, type KeyboardEvent } from "react";

import { snooze, type Until } from "@/realtime/verbs";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, TextInput } from "@/ui/Field";
import { aloud, customerName } from "@/ui/ownership";
import { moment } from "@/ui/time";

import { wakeAloud } from "../aloud";
import { fieldValue, morningIn, snoozeChoices } from "@/ui/snoozing";
import type { OwnershipDialogProps } from "./dialogProps";

/** Until when. Arrows move, Enter chooses. */
export function SnoozeDialog({ ownership: { conversation }, close }: OwnershipDialogProps) {
  const [now] = useState(() => new Date());
  const [custom, setCustom] = useState(() => fieldValue(morningIn(now, 1)));
  const name = customerName(conversation);
  const choices = snoozeChoices(now);
  const isFuture = custom !== "" && Date.parse(custom) > now.getTime();
  const choose = (until: Until) => {
    close();
    void aloud(
      () => snooze(conversation.id, until),
      ({ snoozed_until }) =>
        snoozed_until === null
          ? i18n._("Snoozed {name} until the customer replies.", { name })
          : i18n._("Snoozed {name} until {time}.", { name, time: moment(snoozed_until) }),
      () => void wakeAloud(conversation.id),
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={i18n._("Snooze {name}", { name })}
      description={i18n._("It comes back at that time, or as soon as the customer writes. A claim is kept.")}
      initialFocus={() => document.querySelector<HTMLElement>("[data-snooze]")}
    >
      <ul className="-mx-2">
        {choices.map(({ label, when, until }) => (
          <li key={label}>
            <button
              type="button"
              data-snooze=""
              onKeyDown={moveFocus}
              onClick={() => choose(until)}
              className="flex min-h-9 w-full items-center justify-between gap-4 rounded-lg px-2 text-left hover:bg-hover focus-visible:bg-hover"
            >
              <span className="font-medium">{label}</span>
              <span className="text-xs text-quiet">{when}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="mt-3 flex items-end gap-2 border-t border-line pt-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isFuture) choose({ until: new Date(custom).toISOString() });
        }}
      >
        <div className="flex-1">
          <Field
            label={i18n._("Another time")}
            error={isFuture ? undefined : i18n._("Choose a time in the future.")}
          >
            <TextInput
              type="datetime-local"
              value={custom}
              min={fieldValue(now)}
              onChange={(event) => setCustom(event.target.value)}
            />
          </Field>
        </div>
        <Button type="submit" disabled={!isFuture} className="h-9">
          {i18n._("Snooze")}
        </Button>
      </form>
    </Dialog>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const all = [...document.querySelectorAll<HTMLElement>("[data-snooze]")];
  const at = all.findIndex((each) => each === event.currentTarget);
  event.preventDefault();
  all[(at + step + all.length) % all.length]?.focus();
}
