import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { CircleCheck } from "lucide-react";
import { useEffect, useState } from "react";

import { api, body } from "@/api/client";

import { isWhole, sentPool, type PoolDraft } from "./poolDraft";
import { Stranded } from "./Stranded";

const PATIENCE_MS = 400;

/** What would wait without anybody who may claim it if the pool were saved as it is here. */
export function PoolPreview({
  draft,
  id,
  isDirty,
}: {
  draft: PoolDraft;
  id: string | null;
  isDirty: boolean;
}) {
  const settled = useSettled(draft);
  const proposed = { ...sentPool(settled), id };
  const isAsked = isDirty && isWhole(settled);
  const { data: stranded } = useQuery({
    queryKey: ["unclaimable", proposed],
    queryFn: async () =>
      (await body(api.POST("/v1/unclaimable-conversations", { body: proposed as never }))).data,
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  return (
    <div aria-live="polite" className="empty:-mb-5">
      {isAsked && stranded !== undefined && stranded.length > 0 && (
        <Stranded
          stranded={stranded}
          title={i18n._(
            "{count, plural, one {Saved like this, # waiting conversation could be claimed by nobody} other {Saved like this, # waiting conversations could be claimed by nobody}}",
            { count: stranded.length },
          )}
        />
      )}
      {isAsked && stranded?.length === 0 && (
        <p className="flex items-start gap-2 rounded-xl bg-mine-soft px-4 py-3 text-[0.8125rem] font-medium text-mine">
          <CircleCheck size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
          {i18n._("Everything that waits now could still be claimed by somebody.")}
        </p>
      )}
    </div>
  );
}

/** The draft once it has not changed for a moment. */
function useSettled(draft: PoolDraft): PoolDraft {
  const [settled, setSettled] = useState(draft);
  const text = JSON.stringify(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as PoolDraft), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
