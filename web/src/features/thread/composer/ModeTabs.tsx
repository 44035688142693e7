import { i18n } from "@lingui/core";
import { Lock, NotebookPen, Reply } from "lucide-react";
import type { KeyboardEvent } from "react";

import { cx } from "@/ui/cx";
import { Keys } from "@/ui/Keys";

import type { Kind } from "./kind";

export interface ModeTabsProps {
  kind: Kind;
  isReplyLocked: boolean;
  panel: string;
  onChoose: (kind: Kind) => void;
}

/** To the customer, or among ourselves. */
export function ModeTabs({ kind, isReplyLocked, panel, onChoose }: ModeTabsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    event.stopPropagation();
    const other = kind === "reply" ? "note" : "reply";
    onChoose(other);
    document.getElementById(`${panel}-${other}`)?.focus();
  };
  const tab = (each: Kind, label: string, icon: React.ReactNode) => (
    <button
      type="button"
      role="tab"
      id={`${panel}-${each}`}
      aria-selected={kind === each}
      aria-controls={panel}
      tabIndex={kind === each ? 0 : -1}
      onClick={() => onChoose(each)}
      className={cx(
        "-mb-px inline-flex h-8 items-center gap-1.5 border-b-2 px-2 text-[0.8125rem] font-medium whitespace-nowrap",
        kind !== each && "border-transparent text-quiet hover:text-ink",
        kind === each && (each === "note" ? "border-note-ink text-note-ink" : "border-accent text-ink"),
      )}
    >
      {icon}
      {label}
      <span className="hidden sm:inline">
        <Keys action={each} />
      </span>
    </button>
  );
  return (
    // The tabs in it take the focus.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div role="tablist" aria-label={i18n._("Write")} onKeyDown={onKeyDown} className="flex gap-1">
      {tab(
        "reply",
        isReplyLocked ? i18n._("Reply (locked)") : i18n._("Reply"),
        isReplyLocked ? <Lock size={14} aria-hidden="true" /> : <Reply size={14} aria-hidden="true" />,
      )}
      {tab("note", i18n._("Note"), <NotebookPen size={14} aria-hidden="true" />)}
    </div>
  );
}
