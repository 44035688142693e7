import { i18n } from "@lingui/core";

import type { Conversation } from "@/api/types";
import { Dialog } from "@/ui/Dialog";

import { TagsEditor } from "./TagsEditor";

/** The tags by key, wherever the focus is. */
export function TagsDialog({ conversation, close }: { conversation: Conversation; close: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={i18n._("Tags")}
      initialFocus={() => document.querySelector<HTMLElement>("[role=dialog] [role=combobox]")}
    >
      <div className="min-h-72">
        <TagsEditor conversation={conversation} isReadOnly={false} />
      </div>
    </Dialog>
  );
}
