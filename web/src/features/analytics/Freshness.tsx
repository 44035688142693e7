import { i18n } from "@lingui/core";

import { useLive } from "@/realtime/hooks";

/** From when the board is, and whether it follows what happens. */
export function Freshness({ at }: { at: string }) {
  const isLive = useLive((state) => state.connection.state !== "lost");
  const time = new Intl.DateTimeFormat(i18n.locale, { timeStyle: "medium" }).format(new Date(at));
  return isLive
    ? i18n._("Live, as of {time}", { time })
    : i18n._("Live updates are interrupted; as of {time}, read again every 15 seconds", { time });
}
