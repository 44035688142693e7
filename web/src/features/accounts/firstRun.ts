/** Setting up an installation that has no workspace yet. */
import { queryOptions } from "@tanstack/react-query";

import { problemOf, Unreachable } from "@/api/problem";
import type { Me } from "@/api/types";

export interface SetUp {
  /** What the server printed when it started. */
  code: string;
  workspace: string;
  name: string;
  email: string;
  password: string;
  sample_data: boolean;
}

const PATH = "/v1/first-run";

export const firstRunQuery = queryOptions({
  queryKey: ["first-run"],
  queryFn: async () => (await asked(fetch(PATH))) as { needed: boolean },
  retry: false,
});

/** Makes the workspace and its owner, who is signed in then. Sample data takes some seconds. */
export async function setUp(wanted: SetUp): Promise<Me> {
  const headers = { "content-type": "application/json" };
  return (await asked(fetch(PATH, { method: "POST", headers, body: JSON.stringify(wanted) }))) as Me;
}

async function asked(request: Promise<Response>): Promise<unknown> {
  const response = await request.catch(() => {
    throw new Unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}
