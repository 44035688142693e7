import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { CloudOff, Hourglass, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";

import { settingsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { lastInput } from "@/ui/lastInput";
import { moment, span, useNow } from "@/ui/time";

import type { CameBack } from "./cameBack";
import { keepClaims } from "./keep";
import type { Ownership } from "./useOwnership";

const MINUTE_MS = 60_000;
/** That a claim will go stale is said so long before it does. */
const EARLY_MINUTES = 5;

/** Quiet words under the header: a claim that goes stale, one that came back. */
export function ClaimNotes({ ownership, back }: { ownership: Ownership; back: CameBack | undefined }) {
  if (ownership.pending?.state === "unknown") {
    return (
      <Note icon={<CloudOff size={14} aria-hidden="true" />}>
        {i18n._(
          "The server has not answered yet. The same request is being repeated; until then this is as it was last confirmed.",
        )}
      </Note>
    );
  }
  if (ownership.whose === "mine") return <IdleNote ownership={ownership} />;
  if (ownership.whose === "unclaimed" && back !== undefined) {
    return (
      <Note icon={<RotateCcw size={14} aria-hidden="true" />}>{backText(back, ownership.me.agent.id)}</Note>
    );
  }
  return null;
}

function IdleNote({ ownership: { conversation } }: { ownership: Ownership }) {
  const now = useNow();
  const { data: settings } = useQuery(settingsQuery);
  if (settings === undefined || conversation.status === "snoozed") return null;
  const since = Math.max(lastInput(), Date.parse(conversation.claimed_at ?? ""));
  const idle = now - since;
  if (!conversation.stale && idle < quietAfter(settings.stale_after_minutes)) return null;
  const text = conversation.stale
    ? i18n._("This claim is stale. Anything you do here keeps it.")
    : i18n._("Nothing done for {time}: after {limit} min your claims count as stale.", {
        time: span(Math.max(idle, MINUTE_MS)),
        limit: settings.stale_after_minutes,
      });
  return (
    <Note icon={<Hourglass size={14} aria-hidden="true" />}>
      <span className="mr-2">{text}</span>
      <Button small onClick={() => void keepClaims()}>
        {i18n._("Keep")}
      </Button>
    </Note>
  );
}

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-t border-line bg-warn-soft px-4 py-2 text-[0.8125rem] text-warn"
    >
      <span className="shrink-0">{icon}</span>
      <span className="min-w-0">{children}</span>
    </div>
  );
}

function backText({ from, why, by, reason, at }: CameBack, myId: string): string {
  const values = {
    name: from.name ?? i18n._("Somebody"),
    by: by ?? i18n._("An admin"),
    time: moment(at),
    reason: reason ?? "",
  };
  if (why === "stale") {
    return from.id === myId
      ? i18n._("You held this until {time}. It came back because you did nothing for a while.", values)
      : i18n._("{name} held this until {time}. It came back because they did nothing for a while.", values);
  }
  if (!reason) {
    return from.id === myId
      ? i18n._("You held this until {time}, when {by} released it.", values)
      : i18n._("{name} held this until {time}, when {by} released it.", values);
  }
  return from.id === myId
    ? i18n._("You held this until {time}, when {by} released it: {reason}", values)
    : i18n._("{name} held this until {time}, when {by} released it: {reason}", values);
}

function quietAfter(staleAfterMinutes: number): number {
  return Math.max(staleAfterMinutes - EARLY_MINUTES, staleAfterMinutes / 2) * MINUTE_MS;
}
