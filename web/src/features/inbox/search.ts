/** What the address says about the list: filters, order, what is selected. */
export interface InboxSearch {
  channel?: string;
  tag?: string[];
  priority?: string;
  language?: string;
  pool?: string;
  assignee?: string;
  /** Only customers who wait at least so many minutes. */
  waiting?: number;
  q?: string;
  sort?: string;
  /** Selected conversations. */
  selected?: string[];
}

/** Takes what it understands from an address; what is malformed is left out. */
export function validateInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const text = (name: string) =>
    typeof raw[name] === "string" && raw[name] !== "" ? { [name]: raw[name] } : {};
  const texts = (name: string) => {
    const values = (Array.isArray(raw[name]) ? raw[name] : [raw[name]]).filter(
      (each) => typeof each === "string",
    );
    return values.length > 0 ? { [name]: values } : {};
  };
  const waiting = Number(raw["waiting"]);
  return {
    ...text("channel"),
    ...texts("tag"),
    ...text("priority"),
    ...text("language"),
    ...text("pool"),
    ...text("assignee"),
    ...(Number.isInteger(waiting) && waiting > 0 ? { waiting } : {}),
    ...text("q"),
    ...text("sort"),
    ...texts("selected"),
  };
}
