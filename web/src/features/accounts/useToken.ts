import { useState } from "react";

/** The token of a link. It stands behind #, which browsers send to no server and put into no log. */
export function useToken(): string {
  const [token] = useState(() => tokenIn(location.hash));
  return token;
}

/** What stands behind #. A link that was cut in the middle of a letter is no token, and no crash. */
export function tokenIn(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, ""));
  } catch {
    return "";
  }
}
