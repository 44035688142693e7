import { ChevronDown } from "lucide-react";
import { useState, type ReactNode } from "react";

import { cx } from "@/ui/cx";
import { remembered, useRemembered } from "@/ui/remembered";

/** A part of the pane that can be folded; this browser remembers which are. */
export function Section({
  id,
  title,
  count,
  children,
}: {
  id: string;
  title: string;
  count?: number;
  children: ReactNode;
}) {
  const [choice] = useState(() => remembered(`dibs.context.${id}`, ["open", "closed"]));
  const isOpen = useRemembered(choice) === "open";
  return (
    <section className="border-b border-line last:border-b-0">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => choice.set(isOpen ? "closed" : "open")}
          className="flex h-9 w-full items-center gap-1.5 px-4 text-xs font-semibold text-ink hover:bg-hover focus-visible:-outline-offset-2"
        >
          <span className="flex-1 text-left">
            {title}
            {count !== undefined && count > 0 && (
              <span className="ml-1.5 font-normal text-quiet">{count}</span>
            )}
          </span>
          <ChevronDown
            size={14}
            aria-hidden="true"
            className={cx("text-quiet transition-transform", !isOpen && "-rotate-90 rtl:rotate-90")}
          />
        </button>
      </h2>
      {isOpen && <div className="px-4 pt-0.5 pb-4">{children}</div>}
    </section>
  );
}

/** A name and its value beside each other. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center gap-2 text-[0.8125rem]">
      <span className="w-20 shrink-0 text-quiet">{label}</span>
      <div className="flex min-w-0 flex-1 items-center gap-1">{children}</div>
    </div>
  );
}
