import { i18n } from "@lingui/core";
import { useId, useRef, useState, type ReactNode } from "react";

import type { Problem } from "@/api/problem";
import type { Outcome } from "@/realtime/verbs";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { sayDone, sayNotDone } from "@/ui/ownership";

/** Refusals after which the question no longer makes sense: the owner or the status is another one now. */
const OVERTAKEN = new Set([
  "already_claimed",
  "stale_epoch",
  "not_claimed",
  "conversation_closed",
  "not_resolved",
  "not_found",
]);

export interface AskDialogProps {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** What the button says that does it. */
  doIt: string;
  danger?: boolean;
  canDoIt?: boolean;
  close: () => void;
  /** Does it. A refusal that can be mended is shown here; otherwise the dialog closes and the result is said. */
  run: () => Promise<Outcome>;
  done: (outcome: Outcome & { done: true }) => string;
  undo?: () => void;
}

/** Asks before something is done; Enter does it, Esc does not. */
export function AskDialog(props: AskDialogProps) {
  const { title, description, children, doIt, danger, canDoIt = true, close, run, done, undo } = props;
  const form = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const submit = async () => {
    if (isBusy || !canDoIt) return;
    const pressedAt = Date.now();
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await run();
      if (outcome.done) {
        close();
        sayDone(outcome.conversation, done(outcome), undo);
      } else if (outcome.why === "refused" && !OVERTAKEN.has(outcome.problem.code)) {
        setProblem(outcome.problem);
      } else {
        close();
        sayNotDone(outcome, pressedAt);
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      description={description}
      initialFocus={() =>
        document.getElementById(form)?.querySelector<HTMLElement>("[data-first]") ?? button.current
      }
      footer={
        <>
          <Button onClick={close}>{i18n._("Cancel")}</Button>
          <Button
            ref={button}
            type="submit"
            form={form}
            look={danger ? "danger" : "primary"}
            disabled={isBusy || !canDoIt}
            focusableWhenDisabled
            aria-busy={isBusy}
          >
            {doIt}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        {problem !== undefined && (
          <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-[0.8125rem] text-bad">
            {problem.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
