import { i18n } from "@lingui/core";
import { HandHelping } from "lucide-react";
import { useState } from "react";

import type { TakeoverRequest } from "@/api/types";
import { cancelTakeover } from "@/realtime/takeovers";
import { Button } from "@/ui/Button";
import { say } from "@/ui/status";

import { attempt } from "./attempt";
import { Countdown } from "./Countdown";

/** We have asked the holder and wait. */
export function Asked({ request }: { request: TakeoverRequest }) {
  const [isBusy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    const outcome = await attempt(request.conversation_id, () => cancelTakeover(request.id));
    setBusy(false);
    if (outcome.done) say(i18n._("You no longer ask for this conversation."));
    else say(outcome.sentence, { tone: "bad" });
  };
  return (
    <span className="flex min-w-0 items-center gap-2 text-[0.8125rem]">
      <span
        title={request.note ?? undefined}
        className="inline-flex min-w-0 items-center gap-1.5 font-medium text-other"
      >
        <HandHelping size={15} aria-hidden="true" className="shrink-0" />
        <span className="truncate">
          {i18n._("Asked {name} · waiting", { name: request.assignee.name ?? i18n._("somebody") })} (
          <Countdown until={request.expires_at} />)
        </span>
      </span>
      <Button small disabled={isBusy} focusableWhenDisabled onClick={() => void cancel()}>
        {i18n._("Cancel")}
      </Button>
    </span>
  );
}
