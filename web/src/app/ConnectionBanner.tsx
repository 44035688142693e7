import { i18n } from "@lingui/core";
import { CloudOff } from "lucide-react";

import { useLive } from "@/realtime/hooks";
import { moment } from "@/ui/time";

/** Says that what is shown may be old, and how old. */
export function ConnectionBanner() {
  const connection = useLive((state) => state.connection);
  if (connection.state !== "lost") return null;
  const time = moment(new Date(connection.since).toISOString());
  return (
    <div
      role="alert"
      className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-[0.8125rem] font-medium text-warn"
    >
      <CloudOff size={15} aria-hidden="true" />
      {navigator.onLine
        ? i18n._("Live updates are interrupted. What you see is from {time}; reconnecting…", { time })
        : i18n._("You are offline. What you see is from {time}; drafts are kept, nothing is sent.", { time })}
    </div>
  );
}
