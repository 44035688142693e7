import { i18n } from "@lingui/core";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";

import type { BulkResult } from "./bulk";
import { grouped, summary } from "./outcomes";

export interface BulkResultSheetProps {
  result: BulkResult & { undoUntil: number };
  onClose: () => void;
  onUndo: () => void;
  returnFocus: () => HTMLElement | null;
}

/** What became of each conversation, by outcome and name; for some seconds it can be taken back. */
export function BulkResultSheet({ result, onClose, onUndo, returnFocus }: BulkResultSheetProps) {
  const left = useSecondsLeft(result.undoUntil);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnFocus={returnFocus}
      side="right"
      title={summary(result)}
      description={
        result.held === undefined || result.limit === undefined
          ? undefined
          : i18n._("You hold {held} of {limit}.", { held: result.held, limit: result.limit })
      }
      footer={
        <>
          {left > 0 && (
            <Button onClick={onUndo}>
              {i18n._("Undo")}
              <span aria-hidden="true" className="text-quiet tabular-nums">
                {left}
              </span>
            </Button>
          )}
          <Button look="primary" onClick={onClose}>
            {i18n._("Close")}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        {grouped(result).map(({ outcome, title, isGood, items }) => (
          <section key={outcome} aria-label={title}>
            <h3 className="flex items-center gap-2 pb-1.5 text-[0.8125rem] font-semibold">
              {isGood ? (
                <CircleCheck size={15} className="text-mine" aria-hidden="true" />
              ) : (
                <CircleAlert size={15} className="text-warn" aria-hidden="true" />
              )}
              {title}
            </h3>
            <ul className="rounded-lg border border-line text-[0.8125rem]">
              {items.map(({ id, name, detail }) => (
                <li
                  key={id}
                  className="flex items-center justify-between gap-3 border-b border-line px-3 py-1.5 last:border-b-0"
                >
                  <span className="min-w-0 truncate">{name}</span>
                  {detail !== undefined && <span className="shrink-0 text-xs text-quiet">{detail}</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function useSecondsLeft(until: number): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.max(0, Math.ceil((until - Date.now()) / 1_000))), 250);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
