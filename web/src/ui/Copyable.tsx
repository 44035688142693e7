import { i18n } from "@lingui/core";
import { Check, Copy } from "lucide-react";
import { useId, useState } from "react";

import { Button } from "./Button";
import { say } from "./status";

/** Something to be put in elsewhere: shown whole, copied with one press. */
export function Copyable({ label, text, hint }: { label: string; text: string; hint?: string }) {
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
      if (box instanceof HTMLTextAreaElement) box.select();
      say(i18n._("Your browser does not let pages copy. The text is selected: press Ctrl+C."));
    }
  };
  return (
    <div>
      <label htmlFor={id} className="text-[0.8125rem] font-medium">
        {label}
      </label>
      <div className="mt-1 flex flex-wrap items-start gap-2">
        <textarea
          id={id}
          readOnly
          rows={1}
          value={text}
          onFocus={(event) => event.target.select()}
          className="field-sizing-content min-w-0 flex-1 basis-64 resize-none rounded-lg border border-line-strong bg-sunken px-2.5 py-1.5 font-mono text-xs break-all"
        />
        <Button
          icon={isCopied ? <Check size={14} /> : <Copy size={14} />}
          onClick={() => void copy()}
          aria-label={i18n._("Copy {label}", { label })}
        >
          {i18n._("Copy")}
        </Button>
      </div>
      {hint && <p className="mt-1 text-xs text-quiet">{hint}</p>}
    </div>
  );
}
