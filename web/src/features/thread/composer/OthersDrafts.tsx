import { i18n } from "@lingui/core";
import { FileClock } from "lucide-react";
import { useState } from "react";

import { Ago } from "@/ui/Ago";
import { Button } from "@/ui/Button";

import type { AgentDraft } from "../wire";

/** What a former owner had begun to write, for the next one. */
export function OthersDrafts({
  drafts,
  onUse,
}: {
  drafts: readonly AgentDraft[];
  onUse: (text: string) => void;
}) {
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const key = (draft: AgentDraft) => `${draft.agent.id} ${draft.updated_at}`;
  const settle = (draft: AgentDraft) => setDone(new Set(done).add(key(draft)));
  return drafts
    .filter((draft) => draft.text !== null && !done.has(key(draft)))
    .map((draft) => (
      <section
        key={key(draft)}
        className="mb-2 flex items-start gap-2 rounded-xl border border-line bg-sunken px-3 py-2"
      >
        <FileClock size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-quiet" />
        <div className="min-w-0 flex-1">
          <p className="text-xs font-medium">
            {i18n._("Draft by {name}", { name: draft.agent.name ?? i18n._("somebody") })}
            <span className="font-normal text-quiet">
              {" · "}
              <Ago at={draft.updated_at} />
            </span>
          </p>
          <p className="line-clamp-3 text-[0.8125rem] whitespace-pre-wrap">{draft.text}</p>
        </div>
        <Button
          small
          onClick={() => {
            onUse(draft.text ?? "");
            settle(draft);
          }}
        >
          {i18n._("Use")}
        </Button>
        <Button small look="quiet" onClick={() => settle(draft)}>
          {i18n._("Dismiss")}
        </Button>
      </section>
    ));
}
