import { useEffect, useRef, type RefObject } from "react";

/** When the row that has the focus leaves the list, the row that is the current one then gets it. */
export function useLostFocus(grid: RefObject<HTMLElement | null>, focusTabStop: () => void): void {
  const last = useRef<HTMLElement>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      last.current = target instanceof HTMLElement && grid.current?.contains(target) ? target : null;
    };
    document.addEventListener("focusin", remember);
    return () => document.removeEventListener("focusin", remember);
  }, [grid]);
  // After every drawing: rows come and go with the list and with scrolling.
  useEffect(() => {
    if (last.current?.isConnected === false && document.activeElement === document.body) focusTabStop();
  });
}
