import type { ActionId } from "@/keyboard/actions";

/** Which element's tip is to be shown: the hovered one after a moment, the one with visible focus at once. */
export interface Tipped {
  readonly anchor: Element;
  readonly text: string;
  readonly action: ActionId | null;
}

const DELAY_MS = 500;
/** As long the pointer may be between the element and its tip, which can be read with it. */
const GRACE_MS = 120;

/** Calls back with what is to be shown, null for nothing. Returns how to stop. */
export function followTips(show: (tip: Tipped | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted: Element | null = null;
  let shown: Element | null = null;
  // What was pressed needs no explanation while the pointer stays on it.
  let pressed: Element | null = null;
  const want = (anchor: Element | null, delay: number) => {
    if (anchor === wanted) return;
    clearTimeout(timer);
    wanted = anchor;
    timer = setTimeout(() => {
      shown = anchor?.isConnected ? anchor : null;
      show(shown && read(shown));
    }, delay);
  };
  const onPointer = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === "touch" || !(target instanceof Element)) return;
    const isOnTip = target.closest("[data-tip-popup]") !== null;
    const anchor = isOnTip ? shown : target.closest("[data-tip]");
    if (isOnTip) clearTimeout(timer);
    if (isOnTip) wanted = shown;
    if (anchor !== pressed) pressed = null;
    else if (pressed !== null) return;
    // Once one is shown the next comes without waiting.
    want(anchor, anchor === null ? GRACE_MS : shown === null ? DELAY_MS : 0);
  };
  const onFocus = ({ target }: FocusEvent) => {
    const anchor = target instanceof Element ? target.closest("[data-tip]") : null;
    want(anchor?.matches(":focus-visible") ? anchor : null, 0);
  };
  const hide = () => {
    want(null, 0);
  };
  const onPress = ({ target }: PointerEvent) => {
    hide();
    pressed = target instanceof Element ? target.closest("[data-tip]") : null;
  };
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === "Escape") hide();
  };
  document.addEventListener("pointerover", onPointer);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", onPress, true);
  document.addEventListener("keydown", onKey, true);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("pointerover", onPointer);
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("focusout", hide);
    document.removeEventListener("pointerdown", onPress, true);
    document.removeEventListener("keydown", onKey, true);
  };
}

function read(anchor: Element): Tipped {
  return {
    anchor,
    text: anchor.getAttribute("data-tip") ?? "",
    action: anchor.getAttribute("data-tip-action") as ActionId | null,
  };
}
