import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";

import type { ActionId } from "@/keyboard/actions";

import { Keys } from "./Keys";

/** A short text on hover and focus. The child must be able to take a ref and props. */
export function Tip({ text, action, children }: { text: string; action?: ActionId; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-50">
          <Tooltip.Popup className="flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs font-medium text-surface shadow-lg">
            {text}
            {action && <Keys action={action} onInk />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
