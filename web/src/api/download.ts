import { problemOf, Unreachable } from "./problem";

/** Fetches a file in the wanted form and has the browser save it. Exports may take long: there is no time limit. */
export async function download(
  path: string,
  accept: string,
  name: string,
  method: "GET" | "POST" = "GET",
): Promise<void> {
  const response = await fetch(path, { method, headers: { accept } }).catch(() => {
    throw new Unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to have begun reading it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A path with the parts of its query that are there. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(query).filter((each): each is [string, string] => each[1] !== undefined);
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said)}`;
}
