import { i18n } from "@lingui/core";
import { useState } from "react";

import { Field, TextInput } from "@/ui/Field";

import { conversationIn } from "./conversationIn";

/** A conversation by its id or its address; Enter or leaving the field looks it up. */
export function ConversationField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const [typed, setTyped] = useState(value);
  const found = conversationIn(typed);
  const isWrong = typed.trim() !== "" && found === undefined;
  const commit = () => {
    if (typed.trim() === "") onChange("");
    else if (found !== undefined) onChange(found);
  };
  return (
    <div className="col-span-2 min-w-0 xl:col-span-1">
      <Field
        label={i18n._("Conversation")}
        error={isWrong ? i18n._("Paste a conversation's id or its address.") : undefined}
      >
        <TextInput
          value={typed}
          placeholder={i18n._("Id or address")}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === "Enter" && commit()}
        />
      </Field>
    </div>
  );
}
