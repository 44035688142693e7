/** For `ref`: the focus goes to what appears in a dialog that is open already. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
