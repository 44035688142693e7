import { useEffect, useRef } from "react";

/** Calls back when the end of a list comes near. */
export function MoreBelow({ onReached }: { onReached: () => void }) {
  const mark = useRef<HTMLSpanElement>(null);
  const newest = useRef(onReached);
  useEffect(() => {
    newest.current = onReached;
  });
  useEffect(() => {
    if (mark.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && newest.current(),
      { rootMargin: "400px" },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, []);
  return <span ref={mark} aria-hidden="true" />;
}
