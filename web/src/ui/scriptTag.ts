/** What a page needs to have the widget; `key` is the widget's public key. */
export function scriptTag(key: string): string {
  return `<script src="${location.origin}/widget.js" data-key="${key}" async></script>`;
}
