import { i18n } from "@lingui/core";
import { FileStack } from "lucide-react";
import { Suspense, useState } from "react";

import type { Conversation } from "@/api/types";
import { Button } from "@/ui/Button";
import { lazily } from "@/ui/lazily";

const TemplateDialog = lazily(async () => ({ default: (await import("./TemplateDialog")).TemplateDialog }));

/** The way out when the channel takes no free text any more. */
export function TemplateButton({ conversation }: { conversation: Conversation }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" icon={<FileStack size={14} />} onClick={() => setOpen(true)}>
        {i18n._("Choose a template")}
      </Button>
      {isOpen && (
        <Suspense>
          <TemplateDialog conversation={conversation} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
