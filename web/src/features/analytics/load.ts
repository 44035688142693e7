import type { Load } from "./boardQuery";

export type Fullness = "free" | "busy" | "full";

const BUSY = 0.8;

/** How much of their limit somebody holds; above it counts as full. */
export function fullness({ held, limit }: Pick<Load, "held" | "limit">): Fullness {
  if (held >= limit) return "full";
  return held >= limit * BUSY ? "busy" : "free";
}

export type Order = "load" | "name";

/** The fullest first, or by name; who stands equal is ordered by name. */
export function inOrder(agents: readonly Load[], order: Order, locale: string): Load[] {
  const byName = (a: Load, b: Load) => a.agent.name.localeCompare(b.agent.name, locale);
  if (order === "name") return [...agents].sort(byName);
  return [...agents].sort((a, b) => b.held / b.limit - a.held / a.limit || byName(a, b));
}
