import { i18n } from "@lingui/core";
import { useEffect, useRef, type ReactNode } from "react";

import { useConversation } from "@/realtime/hooks";
import { Failed, failureText } from "@/ui/Failed";
import { say } from "@/ui/status";

import { ConversationGrid } from "./ConversationGrid";
import { EmptyList } from "./EmptyList";
import { ListHeader } from "./ListHeader";
import { ListSkeleton } from "./ListSkeleton";
import { NewPill } from "./NewPill";
import { keepOffset } from "./position";
import { markSeen } from "./seen";
import { usePlace, type Place } from "./useList";
import { useListing } from "./useListing";

/** The list that the address names. `menu` opens the sidebar where it is folded away. */
export function ListPane({ menu }: { menu?: ReactNode }) {
  const place = usePlace();
  useSeenWhileOpen(place.openId);
  return (
    <section aria-label={i18n._("Conversations")} className="flex min-h-0 flex-1 flex-col">
      {place.list.me !== "" && <Listing key={place.key} place={place} menu={menu} />}
    </section>
  );
}

function Listing({ place, menu }: { place: Place; menu: ReactNode }) {
  const listing = useListing(place);
  const { query, rows, membership, refresh } = listing;
  const pane = useBusy(membership.setBusy);
  const refreshNow = () => {
    keepOffset(place.key, 0);
    refresh().then(
      () => pane.current?.querySelector("[role=grid]")?.parentElement?.scrollTo({ top: 0 }),
      (error: Error) => say(failureText(error), { tone: "bad" }),
    );
  };
  return (
    <div ref={pane} className="flex min-h-0 flex-1 flex-col">
      <ListHeader place={place} listing={listing} menu={menu} onRefresh={refreshNow} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <NewPill count={membership.fresh.size} onClick={refreshNow} />
        {query.data === undefined ? (
          query.isError ? (
            <Failed
              title={i18n._("The list could not be read.")}
              error={query.error}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <ListSkeleton />
          )
        ) : rows.ids.length === 0 ? (
          <EmptyList place={place} />
        ) : (
          <ConversationGrid place={place} listing={listing} />
        )}
      </div>
    </div>
  );
}

/** Tells when pointer or focus is in the pane: then nothing in it may move. */
function useBusy(setBusy: (is: boolean) => void) {
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    let isPointed = false;
    let isFocused = false;
    const note = (event: Event) => {
      if (event.type === "pointerenter") isPointed = true;
      if (event.type === "pointerleave") isPointed = false;
      if (event.type === "focusin") isFocused = true;
      if (event instanceof FocusEvent && event.type === "focusout")
        isFocused = event.relatedTarget instanceof Node && element.contains(event.relatedTarget);
      setBusy(isPointed || isFocused);
    };
    const kinds = ["pointerenter", "pointerleave", "focusin", "focusout"];
    for (const kind of kinds) element.addEventListener(kind, note);
    return () => {
      for (const kind of kinds) element.removeEventListener(kind, note);
    };
  }, [setBusy]);
  return pane;
}

/** What is on screen has been read. */
function useSeenWhileOpen(openId: string | undefined) {
  const open = useConversation(openId);
  useEffect(() => {
    if (open === undefined) return;
    const note = () => {
      if (!document.hidden) markSeen(open.id, open.message_count);
    };
    note();
    document.addEventListener("visibilitychange", note);
    return () => document.removeEventListener("visibilitychange", note);
  }, [open]);
}
