/** How much room there is: what is a pane here is a drawer or a page of its own there. */
import { useSyncExternalStore } from "react";

function query(text: string) {
  const list = window.matchMedia(text);
  return {
    subscribe: (listener: () => void) => {
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    get: () => list.matches,
  };
}

const wide = query("(min-width: 1200px)");
const phone = query("(max-width: 767.98px)");

/** Room for three panes. */
export function useIsWide(): boolean {
  return useSyncExternalStore(wide.subscribe, wide.get);
}

/** Room for one pane only. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(phone.subscribe, phone.get);
}
