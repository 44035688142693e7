import { fieldSentence, sentenceOf } from "./refusals";
import type { Named } from "./types";

/** A refusal by the server (RFC 9457). `message` is the sentence for a person. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly members: ProblemMembers,
  ) {
    super(detail);
    this.name = "Problem";
  }
}

/** Members that some codes carry; api.md section 2 says which. */
export interface ProblemMembers {
  assignee?: Named | null;
  claimed_at?: string;
  epoch?: number;
  pools?: Named[];
  limit?: number;
  held?: number;
  agent_id?: string;
  messages?: unknown[];
  errors?: { field: string; message: string }[];
  retry_after?: number;
  request_id?: string;
  needs?: string;
  status?: unknown;
  given?: number;
}

/** The server could not be reached, or its answer got lost: whether anything changed is unknown. */
export class Unreachable extends Error {
  constructor() {
    super("Unreachable");
    this.name = "Unreachable";
  }
}

/** Reads a problem out of an answer that is not a 2xx. */
export async function problemOf(response: Response): Promise<Problem> {
  return problemFrom(response.status, response.statusText, await parsed(response), response.url);
}

/** A problem by what was answered; `answer` is whatever came, also nothing. */
export function problemFrom(status: number, statusText: string, answer: unknown, url = ""): Problem {
  const body = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  const detail = typeof body["detail"] === "string" ? body["detail"] : `${status} ${statusText}`;
  const code = typeof body["code"] === "string" ? body["code"] : "unknown";
  const members = body as ProblemMembers;
  const meant = code === "unauthenticated" && isSignIn(url) ? "wrong_password" : code;
  return new Problem(status, code, sentenceOf(meant, members, detail), {
    ...members,
    ...(members.errors && { errors: members.errors.map(inWords) }),
  });
}

/** The message for one field of a 422, if it named that field. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  return error.members.errors?.find((each) => each.field === field || each.field === `body.${field}`)
    ?.message;
}

function inWords(error: { field: string; message: string }): { field: string; message: string } {
  return { ...error, message: fieldSentence(error.message) };
}

function isSignIn(url: string): boolean {
  return url !== "" && new URL(url).pathname.endsWith("/v1/sessions");
}

async function parsed(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch {
    return undefined;
  }
}
