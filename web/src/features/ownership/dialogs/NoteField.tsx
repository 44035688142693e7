import { i18n } from "@lingui/core";

import { Field, TextArea } from "@/ui/Field";

import { takeFocus } from "./takeFocus";

/** Some words for colleagues. Enter goes on, Shift+Enter begins a line. */
export function NoteField({
  label,
  value,
  onChange,
  max,
  focused = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  max: number;
  /** Takes the focus when it appears in a dialog that is open already. */
  focused?: boolean;
}) {
  return (
    <Field label={label} hint={i18n._("Only your team reads this. Shift+Enter begins a new line.")}>
      <TextArea
        value={value}
        maxLength={max}
        rows={3}
        data-first=""
        ref={focused ? takeFocus : null}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
    </Field>
  );
}
