import { i18n } from "@lingui/core";
import { Copy, Snowflake } from "lucide-react";

import type { Named } from "@/api/types";
import { Button } from "@/ui/Button";
import { say } from "@/ui/status";

export interface FrozenProps {
  by: Named | null;
  text: string;
  onNote: () => void;
  onDiscard: () => void;
}

/** What was being written when the conversation went to somebody else: kept, and what can be done with it. */
export function Frozen({ by, text, onNote, onDiscard }: FrozenProps) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say(i18n._("Text copied"));
    } catch {
      say(i18n._("The browser does not let us copy: select the text and copy it yourself."), { tone: "bad" });
    }
  };
  return (
    <section aria-label={i18n._("Kept text")} className="mb-2 rounded-xl border border-line bg-warn-soft p-3">
      <p className="flex items-center gap-1.5 font-medium text-warn">
        <Snowflake size={15} aria-hidden="true" className="shrink-0" />
        {by === null
          ? i18n._("You no longer hold this conversation. Your text was not sent; it is kept.")
          : i18n._("{name} holds this conversation now. Your text was not sent; it is kept.", {
              name: by.name ?? i18n._("Somebody else"),
            })}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button look="note" onClick={onNote}>
          {i18n._("Add as note")}
        </Button>
        <Button icon={<Copy size={14} />} onClick={() => void copy()}>
          {i18n._("Copy")}
        </Button>
        <Button look="quiet" onClick={onDiscard}>
          {i18n._("Discard")}
        </Button>
      </div>
    </section>
  );
}
