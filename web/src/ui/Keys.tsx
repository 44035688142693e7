import type { ActionId } from "@/keyboard/actions";
import { keysOf } from "@/keyboard/dispatch";
import { keysText } from "@/keyboard/keys";

import { cx } from "./cx";

/** The keys of an action as the agent has them; nothing when they are switched off. Hidden from screen readers. */
export function Keys({ action, onInk }: { action: ActionId; onInk?: boolean }) {
  const keys = keysOf(action);
  if (keys === null) return null;
  return (
    <kbd
      aria-hidden="true"
      className={cx(
        "rounded border px-1 font-sans text-[0.6875rem] leading-4 font-medium",
        onInk ? "border-surface/40" : "border-current/35",
      )}
    >
      {keysText(keys)}
    </kbd>
  );
}
