import { i18n } from "@lingui/core";
import { useState } from "react";

import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import { BULK_FORMS, type Asked, type More } from "./BulkForms";

export interface BulkDialogProps {
  action: Asked;
  count: number;
  isRunning: boolean;
  problem: string | undefined;
  onRun: (more: More) => void;
  onClose: () => void;
  returnFocus: () => HTMLElement | null;
}

/** Asks what a bulk action needs to know, and whether it is meant. Enter accepts. */
export function BulkDialog({
  action,
  count,
  isRunning,
  problem,
  onRun,
  onClose,
  returnFocus,
}: BulkDialogProps) {
  const [more, setMore] = useState<More | undefined>(
    action === "release" || action === "resolve" ? {} : undefined,
  );
  const Form = BULK_FORMS[action];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnFocus={returnFocus}
      title={titleOf(action, count)}
      description={hintOf(action)}
      footer={
        <>
          <Button onClick={onClose}>{i18n._("Cancel")}</Button>
          <Button look="primary" type="submit" form="bulk" disabled={more === undefined || isRunning}>
            {verbOf(action)}
          </Button>
        </>
      }
    >
      <form
        id="bulk"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (more !== undefined && !isRunning) onRun(more);
        }}
      >
        <Form onChange={setMore} />
        {problem !== undefined && (
          <p role="alert" className="text-[0.8125rem] font-medium text-bad">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function titleOf(action: Asked, count: number): string {
  const titles: Record<Asked, string> = {
    release: i18n._("{count, plural, one {Release # conversation?} other {Release # conversations?}}", {
      count,
    }),
    reassign: i18n._("{count, plural, one {Reassign # conversation} other {Reassign # conversations}}", {
      count,
    }),
    resolve: i18n._("{count, plural, one {Resolve # conversation?} other {Resolve # conversations?}}", {
      count,
    }),
    snooze: i18n._("{count, plural, one {Snooze # conversation} other {Snooze # conversations}}", { count }),
    tag: i18n._("{count, plural, one {Tag # conversation} other {Tag # conversations}}", { count }),
  };
  return titles[action];
}

function hintOf(action: Asked): string {
  const hints: Record<Asked, string> = {
    release: i18n._("They go back to Unclaimed for everybody."),
    reassign: i18n._("The teammate is told, and holds them at once."),
    resolve: i18n._("They leave the inbox and come back when the customer writes."),
    snooze: i18n._("They come back at that time, or as soon as the customer writes."),
    tag: i18n._("Tags are for your team; the customer never sees them."),
  };
  return hints[action];
}

function verbOf(action: Asked): string {
  const verbs: Record<Asked, string> = {
    release: i18n._("Release"),
    reassign: i18n._("Reassign"),
    resolve: i18n._("Resolve"),
    snooze: i18n._("Snooze"),
    tag: i18n._("Tag"),
  };
  return verbs[action];
}
