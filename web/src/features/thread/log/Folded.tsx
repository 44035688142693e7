import { i18n } from "@lingui/core";
import { Ellipsis } from "lucide-react";
import { useState } from "react";

import { PlainText } from "./PlainText";

/** What a mail quotes of earlier ones: there when it is wanted. */
export function Folded({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mt-1.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={isOpen ? i18n._("Hide the quoted text") : i18n._("Show the quoted text")}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex h-6 items-center rounded-md bg-surface/70 px-2 text-quiet hover:text-ink"
      >
        <Ellipsis size={15} aria-hidden="true" />
      </button>
      {isOpen && (
        <div className="mt-1 border-l-2 border-line-strong pl-2.5 text-quiet">
          <PlainText text={text} />
        </div>
      )}
    </div>
  );
}
