import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { useParams } from "@tanstack/react-router";
import { Suspense, useCallback, useEffect, useState } from "react";

import { meQuery } from "@/api/queries";
import type { TakeoverRequest } from "@/api/types";
import { useLive } from "@/realtime/hooks";
import { onFlush } from "@/realtime/store";
import { loadTakeovers, useOpenTakeovers } from "@/realtime/takeovers";
import { cx } from "@/ui/cx";
import { lazily } from "@/ui/lazily";
import { claimAloud } from "@/ui/ownership";
import { say } from "@/ui/status";

import { ExpiringCard } from "./ExpiringCard";
import { withEvents, type Expiring } from "./expiring";
import { keepClaims } from "./keep";
import { newsOf } from "./news";

const TakeoverCard = lazily(async () => ({ default: (await import("./TakeoverCard")).TakeoverCard }));
const none: Expiring = new Map();

/** Wherever one is in the app: who asks for one's conversations, which claims expire, and what was lost. */
export function OwnershipWatch() {
  const { data: me } = useQuery(meQuery);
  return me === undefined ? null : <Watch myId={me.agent.id} />;
}

function Watch({ myId }: { myId: string }) {
  const { conversationId } = useParams({ strict: false });
  useTakeoversLoaded();
  useNews(myId);
  const [expiring, forget] = useExpiring(myId);
  const asked = useOpenTakeovers(
    useCallback(
      // The open conversation shows its own.
      (request: TakeoverRequest) =>
        request.assignee.id === myId && request.conversation_id !== conversationId,
      [myId, conversationId],
    ),
  );
  const keep = async () => {
    if (await keepClaims()) forget();
  };
  return (
    <section
      aria-label={i18n._("Waiting for your answer")}
      className={cx(
        "pointer-events-none fixed z-40 flex max-h-[70dvh] w-80 max-w-[calc(100vw-2rem)] flex-col gap-2 overflow-y-auto",
        // Never where one writes or saves: above what settings save by, and beside an open conversation over the list,
        // on a phone over the messages.
        conversationId === undefined
          ? "right-4 bottom-28 md:bottom-20"
          : "max-md:top-28 max-md:right-4 md:bottom-20 md:left-3 md:w-74 min-[75rem]:left-56",
      )}
    >
      <div role="status" className="sr-only">
        {asked.map((request) => (
          <p key={request.id}>
            {i18n._("{asker} asks to take over a conversation of yours.", {
              asker: request.asker.name ?? i18n._("A colleague"),
            })}
          </p>
        ))}
      </div>
      {[...expiring].map(([id, { name, releasesAt }]) => (
        <ExpiringCard key={id} id={id} name={name} releasesAt={releasesAt} keep={() => void keep()} />
      ))}
      {asked.map((request) => (
        <div key={request.id} className="pointer-events-auto rounded-xl shadow-xl">
          <Suspense>
            <TakeoverCard request={request} />
          </Suspense>
        </div>
      ))}
    </section>
  );
}

/** Open requests are read once the place in the stream of events is known, and again after a reset. */
function useTakeoversLoaded() {
  const isAnchored = useLive((state) => state.cursor !== null);
  useQuery({
    queryKey: ["takeovers", isAnchored],
    queryFn: async () => {
      await loadTakeovers();
      return true;
    },
    enabled: isAnchored,
    staleTime: Infinity,
  });
}

function useNews(myId: string) {
  useEffect(
    () =>
      onFlush(({ events, before }) => {
        for (const event of events) {
          const news = newsOf(event, before, myId);
          if (news === undefined) continue;
          const { text, isAlert, about, reclaim } = news;
          const act =
            reclaim === undefined
              ? {}
              : { act: { label: i18n._("Reclaim"), run: () => void claimAloud(reclaim) } };
          say(text, { isAlert, about, ...act });
        }
      }),
    [myId],
  );
}

/** Claims about to be released. Any key is activity, which keeps them. */
function useExpiring(myId: string): [Expiring, () => void] {
  const [expiring, setExpiring] = useState<Expiring>(none);
  const forget = useCallback(() => setExpiring(none), []);
  useEffect(() => onFlush(({ events }) => setExpiring((known) => withEvents(known, events, myId))), [myId]);
  const isAny = expiring.size > 0;
  useEffect(() => {
    if (!isAny) return undefined;
    const onKey = () => {
      window.removeEventListener("keydown", onKey);
      void keepClaims().then((isKept) => isKept && forget());
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isAny, forget]);
  return [expiring, forget];
}
