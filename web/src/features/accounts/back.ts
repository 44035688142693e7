const HOME = "/";
/** Pages for people who are not signed in: going back to them would ask to sign in again. */
const OUTSIDE = ["/sign-in", "/join", "/forgot-password", "/reset-password", "/welcome"];

/** Where to go after signing in: `back` when it is a page of this very site, else home. */
export function safeBack(back: string | undefined, origin: string = location.origin): string {
  if (back === undefined || !back.startsWith("/")) return HOME;
  let url: URL;
  try {
    url = new URL(back, origin);
  } catch {
    return HOME;
  }
  // "//elsewhere" and "/\elsewhere" are other sites, although they begin with a slash.
  if (url.origin !== origin) return HOME;
  if (OUTSIDE.some((path) => url.pathname === path || url.pathname.startsWith(`${path}/`))) return HOME;
  return url.pathname + url.search + url.hash;
}
