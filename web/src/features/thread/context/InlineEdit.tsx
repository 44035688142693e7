import { useId, useRef, useState, type KeyboardEvent } from "react";

import { cx } from "@/ui/cx";

export interface InlineEditProps {
  label: string;
  value: string | null;
  /** Shown while there is no value. */
  empty: string;
  isReadOnly: boolean;
  type?: "text" | "email" | "tel";
  /** Returns why it was refused, or undefined. */
  onSave: (value: string | null) => Promise<string | undefined>;
}

/** A value that is edited where it stands: Enter or leaving saves, Esc takes it back. */
export function InlineEdit({ label, value, empty, isReadOnly, type = "text", onSave }: InlineEditProps) {
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const isCancelled = useRef(false);
  const said = useId();
  if (isReadOnly)
    return <span className={cx("min-w-0 truncate", value === null && "text-quiet")}>{value ?? "–"}</span>;
  const save = async () => {
    if (isCancelled.current) {
      isCancelled.current = false;
      return;
    }
    const next = text?.trim();
    if (next === undefined || next === (value ?? "")) {
      setText(undefined);
      setProblem(undefined);
      return;
    }
    setSaving(true);
    const refused = await onSave(next === "" ? null : next);
    setSaving(false);
    setProblem(refused);
    if (refused === undefined) setText(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) event.currentTarget.blur();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    isCancelled.current = true;
    setText(undefined);
    setProblem(undefined);
    event.currentTarget.blur();
  };
  return (
    <span className="min-w-0 flex-1">
      <input
        type={type}
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={said}
        placeholder={empty}
        value={text ?? value ?? ""}
        title={value ?? undefined}
        readOnly={isSaving}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => void save()}
        className={cx(
          "-ml-1.5 h-7 w-full min-w-0 truncate rounded-md border border-transparent bg-transparent px-1.5 placeholder:text-quiet hover:border-line hover:bg-surface focus:border-line-strong focus:bg-surface",
          problem !== undefined && "border-bad",
          isSaving && "opacity-60",
        )}
      />
      <span
        id={said}
        role={problem === undefined ? undefined : "alert"}
        className="block text-xs font-medium text-bad"
      >
        {problem}
      </span>
    </span>
  );
}
