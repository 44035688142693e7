import { useEffect, useState, type ReactNode } from "react";

import { cx } from "./cx";

/** Quick answers show no skeleton at all: it would only flash. */
const PATIENCE_MS = 150;

/** A grey bar where text will be. */
export function Bar({ className }: { className?: string }) {
  return <span className={cx("block h-3 animate-pulse rounded bg-line", className)} />;
}

/** Shows its children only when waiting has lasted. */
export function Late({ children }: { children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLate ? <div aria-hidden="true">{children}</div> : null;
}
