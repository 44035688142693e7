import { i18n } from "@lingui/core";
import { Suspense, useEffect, useState } from "react";

import type { Conversation } from "@/api/types";
import { useAction } from "@/keyboard/useAction";
import { lazily } from "@/ui/lazily";

import { editAloud } from "./context/edit";
import { priorityName } from "./context/words";

const load = () => import("./context/TagsDialog");
const TagsDialog = lazily(async () => ({ default: (await load()).TagsDialog }));
/** Until then the messages have come; from then on the dialog opens at once. */
const PRELOAD_MS = 1_000;

/** The keys for tags and priority: they work with the context pane closed, too. */
export function FactKeys({ conversation, isEnabled }: { conversation: Conversation; isEnabled: boolean }) {
  const [isTagging, setTagging] = useState(false);
  const set = (priority: Conversation["priority"]) => () =>
    void editAloud(
      conversation.id,
      { priority },
      i18n._("Priority: {priority}", { priority: priorityName(priority) }),
    );
  useEffect(() => {
    const timer = setTimeout(() => {
      // What did not come now comes when it is wanted.
      load().catch(() => undefined);
    }, PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useAction("tags", () => setTagging(true), isEnabled);
  useAction("priority-low", set("low"), isEnabled);
  useAction("priority-normal", set("normal"), isEnabled);
  useAction("priority-high", set("high"), isEnabled);
  useAction("priority-urgent", set("urgent"), isEnabled);
  if (!isTagging) return null;
  return (
    <Suspense>
      <TagsDialog conversation={conversation} close={() => setTagging(false)} />
    </Suspense>
  );
}
