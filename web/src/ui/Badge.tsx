import type { ReactNode } from "react";

import { cx } from "./cx";

const TONES = {
  plain: "bg-free-soft text-free",
  mine: "bg-mine-soft text-mine",
  other: "bg-other-soft text-other",
  accent: "bg-accent-soft text-accent-ink",
  bad: "bg-bad-soft text-bad",
  warn: "bg-warn-soft text-warn",
  note: "bg-note text-note-ink",
};

/** A word or two in a coloured pill; the colour never says more than the word. */
export function Badge({
  tone = "plain",
  icon,
  children,
  className,
}: {
  tone?: keyof typeof TONES;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full items-center gap-1 rounded-md px-1.5 text-[0.6875rem] font-medium whitespace-nowrap forced-colors:border",
        TONES[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
