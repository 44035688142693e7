import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";

import { useConversation } from "@/realtime/hooks";
import { Failed, failureText } from "@/ui/Failed";
import { say } from "@/ui/status";

import { ConversationGrid } from "./ConversationGrid";
import { EmptyList } from "./EmptyList";
import { ListHeader } from "./ListHeader";
import { refresh } from "./listQuery";
import { ListSkeleton } from "./ListSkeleton";
import { NewPill } from "./NewPill";
import { keepOffset, SCROLLER_ID } from "./position";
import { markSeen } from "./seen";
import { SelectBar } from "./SelectBar";
import { usePlace, type Place } from "./useList";
import { useListing } from "./useListing";

/** The list that the address names. `menu` opens the sidebar where it is folded away. */
export function ListPane({ menu }: { menu?: ReactNode }) {
  const place = usePlace();
  const client = useQueryClient();
  useSeenWhileOpen(place.openId);
  const { key, list } = place;
  if (list.me === "") return null;
  const refreshNow = () => {
    keepOffset(key, 0);
    refresh(client, list.view, list.filters).then(
      () => document.getElementById(SCROLLER_ID)?.scrollTo({ top: 0 }),
      (error: Error) => say(failureText(error), { tone: "bad" }),
    );
  };
  return (
    <section aria-label={i18n._("Conversations")} className="flex min-h-0 flex-1 flex-col">
      <ListHeader place={place} menu={menu} onRefresh={refreshNow} />
      <Listing key={key} place={place} onRefresh={refreshNow} />
    </section>
  );
}

function Listing({ place, onRefresh }: { place: Place; onRefresh: () => void }) {
  const listing = useListing(place);
  const { query, rows, membership } = listing;
  const pane = useBusy(membership.setBusy);
  return (
    <div ref={pane} className="flex min-h-0 flex-1 flex-col">
      <SelectBar place={place} listing={listing} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        <NewPill membership={membership.store} onClick={onRefresh} />
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
