type Child = Node | string | null | undefined | false;

/** Attributes by name; `on…` are listeners; what is false, null or undefined is left out. */
type Properties = Record<string, unknown>;

/** An element. Strings become text, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value as EventListener);
    else made.setAttribute(name, value === true ? "" : String(value as string));
  }
  put(made, ...children);
  return made;
}

/** Replaces what is in an element. */
export function put(into: Element, ...children: Child[]): void {
  into.replaceChildren(...children.filter((child): child is Node | string => !!child || child === ""));
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 by 24, hidden from screen readers. */
export function icon(path: string): SVGSVGElement {
  const drawn = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true" }))
    drawn.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawn.append(line);
  return drawn;
}

/** A constructable style sheet: no policy of the page's forbids one, and none of its styles reach in. */
export function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
