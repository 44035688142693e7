import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { meQuery } from "@/api/queries";
import { useConversation } from "@/realtime/hooks";
import { Bar, Late } from "@/ui/Skeleton";

// Not needed to see and answer messages: those come first.
const Context = lazy(async () => ({ default: (await import("./context/Context")).Context }));

/** The customer, their other conversations, tags, priority and the like. */
export function ContextPane({ conversationId }: { conversationId: string }) {
  const conversation = useConversation(conversationId);
  const { data: me } = useQuery(meQuery);
  if (conversation === undefined || me === undefined) return <ContextToCome />;
  return (
    <Suspense fallback={<ContextToCome />}>
      <Context conversation={conversation} me={me} />
    </Suspense>
  );
}

function ContextToCome() {
  return (
    <Late>
      <div className="space-y-3 px-4 py-5">
        <Bar className="w-24" />
        <Bar className="w-44" />
        <Bar className="w-36" />
        <Bar className="w-40" />
      </div>
    </Late>
  );
}
