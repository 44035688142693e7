import { i18n } from "@lingui/core";
import { ArrowDown, ArrowUp, Equal } from "lucide-react";

import { cx } from "@/ui/cx";
import { number } from "@/ui/numbers";

import { change, pointsApart } from "./figures";

/** What less and more of something are called, and which of them is good. */
export type Sense = "amount" | "time" | "share" | "trouble";

const GOOD = { amount: undefined, time: "less", share: undefined, trouble: "less" } as const;
const ICONS = { more: ArrowUp, less: ArrowDown, same: Equal };

/** How a figure stands to the period before, in words: colour and arrow only repeat them. */
export function Delta({
  now,
  before,
  beforeText,
  sense,
}: {
  now: number | null;
  before: number | null;
  beforeText: string;
  sense: Sense;
}) {
  const found = sense === "share" ? pointsApart(now, before) : change(now, before);
  if (found.kind === "unknown") {
    const text = i18n._("Before: {before}", { before: beforeText });
    return <p className="text-xs text-quiet">{text}</p>;
  }
  const Icon = ICONS[found.kind];
  const good = GOOD[sense];
  const isGood = good !== undefined && found.kind === good;
  const isBad = good !== undefined && found.kind !== "same" && found.kind !== good;
  return (
    <p className="flex items-start gap-1 text-xs text-quiet">
      <Icon
        size={13}
        aria-hidden="true"
        className={cx("mt-0.5 shrink-0", isGood && "text-mine", isBad && "text-warn")}
      />
      <span>
        <span className={cx("font-medium", isGood && "text-mine", isBad && "text-warn")}>
          {words(found, sense)}
        </span>{" "}
        {i18n._("than before: {before}", { before: beforeText })}
      </span>
    </p>
  );
}

function words(found: Exclude<ReturnType<typeof change>, { kind: "unknown" }>, sense: Sense): string {
  if (found.kind === "same") return i18n._("No different");
  if (sense === "share") {
    const points = found.share;
    return found.kind === "less"
      ? i18n._("{points, plural, one {# point less} other {# points less}}", { points })
      : i18n._("{points, plural, one {# point more} other {# points more}}", { points });
  }
  const share = number(found.share, { style: "percent", maximumFractionDigits: 0 });
  if (sense === "time") {
    return found.kind === "less" ? i18n._("{share} shorter", { share }) : i18n._("{share} longer", { share });
  }
  return found.kind === "less" ? i18n._("{share} less", { share }) : i18n._("{share} more", { share });
}
