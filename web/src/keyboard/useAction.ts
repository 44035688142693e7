import { useEffect, useRef } from "react";

import type { ActionId } from "./actions";
import { offer } from "./dispatch";

/** Offers an action by key and palette while the component is on screen. */
export function useAction(id: ActionId, run: () => void, isEnabled = true): void {
  const newest = useRef(run);
  useEffect(() => {
    newest.current = run;
  });
  useEffect(() => offer({ id, run: () => newest.current(), isEnabled }), [id, isEnabled]);
}
