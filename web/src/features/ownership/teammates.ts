/** Whom a conversation can be handed to, in the order in which one looks for them. */
import type { Prospect } from "@/api/types";

export interface Teammate extends Prospect {
  /** Why it cannot be they; empty when it can. Holding the conversation, or somebody else's claim, hinders nobody. */
  obstacles: Prospect["reasons"];
  isFull: boolean;
  /** An admin may choose them when the limit is all that hinders. */
  canPass: boolean;
  canChoose: boolean;
}

const BESIDE_THE_POINT = new Set(["already_claimed", "already_yours"]);
const AVAILABILITY = { available: 0, away: 1, off_shift: 2 };

/** The teammates other than the holder that match what was typed: those who can take it first, the least busy above. */
export function teammates(
  prospects: readonly Prospect[],
  holderId: string | undefined,
  isAdmin: boolean,
  typed: string,
): Teammate[] {
  const wanted = plain(typed.trim());
  return prospects
    .filter(({ agent }) => agent.id !== holderId && plain(agent.name ?? "").includes(wanted))
    .map((prospect) => judged(prospect, isAdmin))
    .filter(({ obstacles }) => !obstacles.some(({ code }) => code === "inactive"))
    .sort(
      (a, b) =>
        Number(b.canChoose) - Number(a.canChoose) ||
        Number(a.isFull) - Number(b.isFull) ||
        AVAILABILITY[a.availability] - AVAILABILITY[b.availability] ||
        a.held - b.held ||
        plain(a.agent.name ?? "").localeCompare(plain(b.agent.name ?? "")),
    );
}

function judged(prospect: Prospect, isAdmin: boolean): Teammate {
  const obstacles = prospect.reasons.filter(({ code }) => !BESIDE_THE_POINT.has(code));
  const isFull = obstacles.some(({ code }) => code === "claim_limit_reached");
  const canPass = isAdmin && isFull && obstacles.length === 1;
  return { ...prospect, obstacles, isFull, canPass, canChoose: obstacles.length === 0 || canPass };
}

/** Without accents and case: "chloe" finds Chloé. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
