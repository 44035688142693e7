import { useState } from "react";

/** The token of a link. It stands behind #, which browsers send to no server and put into no log. */
export function useToken(): string {
  const [token] = useState(() => decodeURIComponent(location.hash.replace(/^#/, "")));
  return token;
}
