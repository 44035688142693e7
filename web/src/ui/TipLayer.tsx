import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";

import { Keys } from "./Keys";
import { followTips, type Tipped } from "./followTips";

/** The one tip that is shown, for whatever in the page carries one: a tip of its own per button would cost more to draw. */
export function TipLayer() {
  const [shown, setShown] = useState<Tipped | null>(null);
  // While it fades it still says what it said.
  const [last, setLast] = useState(shown);
  if (shown !== null && shown !== last) setLast(shown);
  useEffect(() => followTips(setShown), []);
  if (last === null) return null;
  const { text, action, anchor } = last;
  return (
    <Tooltip.Root open={shown !== null} onOpenChange={(open) => !open && setShown(null)}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={6} className="z-50">
          <Tooltip.Popup
            data-tip-popup=""
            className="flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs font-medium text-surface shadow-lg"
          >
            {text}
            {action !== null && <Keys action={action} onInk />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
