import { i18n } from "@lingui/core";
import { Check, Copy } from "lucide-react";
import { useId, useState } from "react";

import { Button } from "@/ui/Button";
import { say } from "@/ui/status";

/** A link, password or key that can be read this once. */
export function Secret({ label, text, hint }: { label: string; text: string; hint: string }) {
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      say(i18n._("Copied"));
    } catch {
      // Browsers refuse without TLS or permission: the text is selected, Ctrl+C does the rest.
      const box = document.getElementById(id);
      if (box instanceof HTMLInputElement) box.select();
      say(i18n._("Your browser does not let pages copy. The text is selected: press Ctrl+C."));
    }
  };
  return (
    <div className="rounded-xl border border-note-line bg-note p-3 text-note-ink">
      <label htmlFor={id} className="text-[0.8125rem] font-semibold">
        {label}
      </label>
      <div className="mt-1.5 flex flex-wrap gap-2">
        <input
          id={id}
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
          className="h-8 min-w-0 flex-1 basis-56 rounded-lg border border-note-line bg-surface px-2 font-mono text-xs text-ink"
        />
        <Button
          icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
          onClick={() => void copy()}
          aria-label={i18n._("Copy {label}", { label })}
        >
          {i18n._("Copy")}
        </Button>
      </div>
      <p className="mt-1.5 text-xs">{hint}</p>
    </div>
  );
}
