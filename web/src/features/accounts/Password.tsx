import { i18n } from "@lingui/core";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";

import { Field, TextInput } from "@/ui/Field";
import { IconButton } from "@/ui/IconButton";

export const SHORTEST = 8;

/** A password with an eye to read it by. */
export function Password({
  label,
  value,
  onChange,
  error,
  isNew,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  /** One that is being chosen: its rules are named, and password managers offer one. */
  isNew?: boolean;
}) {
  const [isShown, setShown] = useState(false);
  return (
    <Field label={label} error={error} hint={isNew && i18n._("At least 8 characters.")}>
      <div className="relative">
        <TextInput
          type={isShown ? "text" : "password"}
          autoComplete={isNew ? "new-password" : "current-password"}
          required
          maxLength={200}
          {...(isNew && { minLength: SHORTEST })}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="pr-10"
        />
        <IconButton
          label={isShown ? i18n._("Hide the password") : i18n._("Show the password")}
          icon={isShown ? <EyeOff size={16} /> : <Eye size={16} />}
          onClick={() => setShown(!isShown)}
          className="absolute top-0.5 right-0.5"
        />
      </div>
    </Field>
  );
}
