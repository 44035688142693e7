import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FilterX } from "lucide-react";

import { countsQuery } from "@/api/queries";
import { keysOf } from "@/keyboard/dispatch";
import { keysText } from "@/keyboard/keys";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";

import { useClaimNext } from "./useClaimNext";
import { isNarrowed } from "./search";
import type { Place } from "./useList";
import { VIEW_ICONS, type View } from "./views";

/** Says why the list is empty and what to do about it. */
export function EmptyList({ place }: { place: Place }) {
  const { view, filters } = place.list;
  const navigate = useNavigate();
  const claimNext = useClaimNext();
  const { data: counts } = useQuery(countsQuery);
  const waiting = counts?.unclaimed.count ?? 0;
  if (isNarrowed(filters)) {
    return (
      <EmptyState icon={<FilterX size={20} />} title={i18n._("No conversation matches these filters.")}>
        <Button onClick={() => void navigate({ to: "/inbox/$view", params: { view }, search: {} })}>
          {i18n._("Clear filters")}
        </Button>
        {filters.q !== undefined && view !== "any" && (
          <Button
            className="ml-2"
            onClick={() =>
              void navigate({ to: "/inbox/$view", params: { view: "any" }, search: { q: filters.q ?? "" } })
            }
          >
            {i18n._("Search all conversations")}
          </Button>
        )}
      </EmptyState>
    );
  }
  const Icon = VIEW_ICONS[view];
  return (
    <EmptyState icon={<Icon size={20} />} title={emptyTitle(view)}>
      {view === "mine" && waiting > 0 ? (
        <>
          <p>{waitingText(waiting)}</p>
          <Button look="primary" action="claim-next" onClick={claimNext}>
            {i18n._("Claim next")}
          </Button>
        </>
      ) : (
        <p>{emptyHint(view)}</p>
      )}
    </EmptyState>
  );
}

function waitingText(count: number): string {
  const keys = keysOf("claim-next");
  return keys === null
    ? i18n._("{count, plural, other {# waiting: claim next}}", { count })
    : i18n._("{count, plural, other {# waiting: claim next ({keys})}}", { count, keys: keysText(keys) });
}

function emptyTitle(view: View): string {
  const titles: Record<View, string> = {
    mine: i18n._("Nothing claimed."),
    unclaimed: i18n._("Nobody is waiting."),
    observing: i18n._("You observe no conversation."),
    all: i18n._("Nothing is open."),
    snoozed: i18n._("Nothing is snoozed."),
    stale: i18n._("No claim is stale."),
    resolved: i18n._("Nothing is resolved yet."),
    others: i18n._("Nobody else holds a conversation."),
    archived: i18n._("Nothing is archived."),
    spam: i18n._("There is no spam."),
    any: i18n._("There is no conversation yet."),
  };
  return titles[view];
}

function emptyHint(view: View): string {
  const hints: Record<View, string> = {
    mine: i18n._("What you claim or are given appears here."),
    unclaimed: i18n._("New conversations appear here the moment they come in."),
    observing: i18n._("Open a colleague’s conversation and choose Observe to follow it here."),
    all: i18n._("New conversations appear here the moment they come in."),
    snoozed: i18n._("Snooze a conversation and it waits here until its time, or until the customer writes."),
    stale: i18n._("Claims whose owner has not been active for a while are listed here."),
    resolved: i18n._("Resolved conversations are kept here."),
    others: i18n._("What colleagues claim appears here."),
    archived: i18n._("Archived conversations are kept here."),
    spam: i18n._("What was marked as spam, and what blocked customers write, is kept here."),
    any: i18n._("Every conversation, whatever its state, is listed here."),
  };
  return hints[view];
}
