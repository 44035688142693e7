/** What the address says about the list: filters, order, what is selected. */
export interface Filters {
  channel?: string;
  tag?: string[];
  priority?: string;
  language?: string;
  pool?: string;
  /** An agent's id, `me` or `none`. */
  assignee?: string;
  contact?: string;
  /** Only customers who wait at least so many minutes. */
  waiting?: number;
  q?: string;
  sort?: string;
}

export interface InboxSearch extends Filters {
  /** Selected conversations, as selection.ts writes them. */
  selected?: string;
}

const TEXTS = ["channel", "priority", "language", "pool", "assignee", "contact", "q", "sort"] as const;

/** Takes what it understands from an address; what is malformed is left out. */
export function validateInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const found = filtersOf(raw);
  const selected = raw["selected"];
  return typeof selected === "string" && selected !== "" ? { ...found, selected } : found;
}

/** The filters in an address or in a saved view; always in the same order, so that equal ones read alike. */
export function filtersOf(raw: Readonly<Record<string, unknown>> | InboxSearch): Filters {
  const given = raw as Readonly<Record<string, unknown>>;
  const found: Filters = {};
  for (const name of TEXTS) {
    const value = given[name];
    // A search for digits comes out of the address as a number.
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text === "string" && text !== "") found[name] = text;
  }
  const tags = (Array.isArray(given["tag"]) ? given["tag"] : [given["tag"]]).filter(
    (each): each is string => typeof each === "string" && each !== "",
  );
  if (tags.length > 0) found.tag = [...new Set(tags)].sort();
  const waiting = Number(given["waiting"]);
  if (Number.isInteger(waiting) && waiting > 0) found.waiting = waiting;
  return found;
}

/** Whether anything narrows the list; the order does not. */
export function isNarrowed(filters: Filters): boolean {
  return Object.keys(filters).some((name) => name !== "sort");
}
