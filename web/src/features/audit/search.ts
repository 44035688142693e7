/** Which part of the audit the address asks for. Days are the reader's own. */
export interface AuditSearch {
  conversation?: string;
  /** An agent's id. */
  actor?: string;
  /** An action, or a group of them such as `conversation.*`. */
  action?: string;
  /** Days, both included. */
  since?: string;
  until?: string;
}

const NAMES = ["conversation", "actor", "action"] as const;
const ACTION = /^[a-z_]+(\.[a-z_]+)*(\.\*)?$/;
const LONGEST = 100;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Takes what it understands from an address; what is malformed is left out. */
export function validateAuditSearch(raw: Readonly<Record<string, unknown>>): AuditSearch {
  const found: AuditSearch = {};
  for (const name of NAMES) {
    const value = raw[name];
    if (typeof value !== "string" || value.trim() === "" || value.length > LONGEST) continue;
    if (name === "action" && !ACTION.test(value)) continue;
    found[name] = value.trim();
  }
  for (const name of ["since", "until"] as const) {
    const value = raw[name];
    if (typeof value === "string" && startOf(value) !== undefined) found[name] = value;
  }
  return found;
}

/** What is wrong with two typed days, by field. */
export function isBackwards({ since, until }: AuditSearch): boolean {
  return since !== undefined && until !== undefined && since > until;
}

/** The filters as the server takes them: from the first moment of the first day to the last of the last. */
export function asked({ since, until, ...others }: AuditSearch): Record<string, string> {
  const from = since === undefined ? undefined : startOf(since);
  const to = until === undefined ? undefined : startOf(until, 1);
  return {
    ...others,
    ...(from && { since: from.toISOString() }),
    ...(to && { until: to.toISOString() }),
  };
}

/** The first moment of a day here, or of one some days later; undefined for what the calendar does not have. */
function startOf(day: string, later = 0): Date | undefined {
  if (!DAY.test(day)) return undefined;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const at = new Date(year, month - 1, date);
  if (at.getMonth() !== month - 1 || at.getDate() !== date || year < 1971 || year > 9000) return undefined;
  at.setDate(date + later);
  return at;
}
