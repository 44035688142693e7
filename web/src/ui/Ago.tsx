import { fullMoment, span, useNow } from "./time";

/** How long ago something was, kept current; the exact moment on hover. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullMoment(at)} className={className}>
      {span(now - Date.parse(at))}
    </time>
  );
}
