import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";

import { meQuery } from "@/api/queries";
import { useConversation } from "@/realtime/hooks";
import { lazily } from "@/ui/lazily";
import { Bar, Late } from "@/ui/Skeleton";

import { useLoaded } from "./log/queries";

// Not needed to see and answer messages: those come first.
const Context = lazily(async () => ({ default: (await import("./context/Context")).Context }));

/** The customer, their other conversations, tags, priority and the like. */
export function ContextPane({ conversationId }: { conversationId: string }) {
  const conversation = useConversation(conversationId);
  const { data: me } = useQuery(meQuery);
  // The messages say that it is not there, or could not be read.
  const { isError } = useLoaded(conversationId);
  if (conversation === undefined || me === undefined) return isError ? null : <ContextToCome />;
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
