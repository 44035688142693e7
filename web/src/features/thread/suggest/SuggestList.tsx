import { i18n } from "@lingui/core";

import { cx } from "@/ui/cx";

import type { Suggestion } from "./rank";

export interface SuggestListProps {
  id: string;
  suggestions: readonly Suggestion[];
  active: number;
  onHover: (index: number) => void;
  onChoose: (suggestion: Suggestion) => void;
  /** Where there is room for it. */
  side?: "above" | "below";
}

/** What can be put in at the caret; the text box keeps the focus and drives it. */
export function SuggestList({
  id,
  suggestions,
  active,
  onHover,
  onChoose,
  side = "above",
}: SuggestListProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={i18n._("Suggestions")}
      className={cx(
        "absolute z-30 max-h-72 overflow-y-auto rounded-xl border border-line bg-raised p-1 text-ink shadow-xl",
        side === "above"
          ? "bottom-full left-2 mb-1 w-[min(26rem,calc(100%-1rem))]"
          : "inset-x-0 top-full mt-1",
      )}
    >
      {suggestions.map((each, index) => (
        // The keys of the text box choose; the pointer is the other way.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={each.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          ref={(item) => {
            if (index === active) item?.scrollIntoView({ block: "nearest" });
          }}
          onPointerMove={() => onHover(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(each)}
          className={cx(
            "min-h-8 cursor-pointer rounded-lg px-2 py-1.5 text-[0.8125rem]",
            index === active && "bg-hover outline-1 outline-line-strong",
          )}
        >
          <span className="block truncate font-medium">{each.label}</span>
          {each.hint !== undefined && <span className="block truncate text-xs text-quiet">{each.hint}</span>}
        </li>
      ))}
    </ul>
  );
}
