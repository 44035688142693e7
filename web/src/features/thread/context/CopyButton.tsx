import { i18n } from "@lingui/core";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { IconButton } from "@/ui/IconButton";
import { say } from "@/ui/status";

const SHOWN_MS = 1_500;

/** Copies a value; `label` says which. */
export function CopyButton({ label, value }: { label: string; value: string }) {
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return undefined;
    const timer = setTimeout(() => setDone(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isDone]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setDone(true);
    } catch {
      say(i18n._("The browser does not let us copy: select the text and copy it yourself."), { tone: "bad" });
    }
  };
  return (
    <IconButton
      label={isDone ? i18n._("Copied") : label}
      icon={isDone ? <Check size={13} /> : <Copy size={13} />}
      className="size-6"
      onClick={() => void copy()}
    />
  );
}
