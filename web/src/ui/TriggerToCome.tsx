import { cloneElement, useCallback, useRef, type HTMLAttributes, type ReactElement } from "react";

import { failureText } from "./Failed";
import { popups } from "./popups";
import { say } from "./status";

/** The way of the focus from a first trigger, whose popup is not here yet, to the real one. */
export function useHandedFocus() {
  const hasFocus = useRef(false);
  const onFocused = useCallback((is: boolean) => {
    hasFocus.current = is;
  }, []);
  const takeFocus = useCallback((trigger: HTMLElement | null) => {
    if (trigger === null || !hasFocus.current) return;
    hasFocus.current = false;
    trigger.focus({ preventScroll: true });
  }, []);
  return [onFocused, takeFocus] as const;
}

/** The trigger of a popup whose parts are not here yet. A press fetches them; then it opens. */
export function TriggerToCome({
  trigger,
  popup,
  onFocused,
  onWanted,
}: {
  trigger: ReactElement;
  popup: "menu" | "dialog";
  onFocused: (is: boolean) => void;
  onWanted: (is: boolean) => void;
}) {
  return cloneElement(trigger as ReactElement<HTMLAttributes<HTMLElement>>, {
    "aria-haspopup": popup,
    "aria-expanded": false,
    onFocus: () => onFocused(true),
    onBlur: () => onFocused(false),
    onClick: () => {
      onWanted(true);
      popups.load().catch((error: Error) => {
        onWanted(false);
        say(failureText(error), { tone: "bad" });
      });
    },
  });
}
