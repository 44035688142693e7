import { i18n } from "@lingui/core";

import { Field, TextArea, TextInput } from "@/ui/Field";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";

import { Choices } from "../parts/Choices";
import { Labelled } from "../parts/Labelled";
import { Words } from "../parts/Words";
import type { FieldSpec } from "./kinds";

export interface FieldControlProps {
  field: FieldSpec;
  value: unknown;
  /** A secret that the server has: it is never shown, and stays when nothing is typed in. */
  isKept: boolean;
  disabled: boolean;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

/** The control of one field, by its type. */
export function FieldControl(props: FieldControlProps) {
  const { field, value, disabled, error, onChange } = props;
  const { label, hint, options = [] } = field;
  const text = typeof value === "string" ? value : "";
  const list = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  switch (field.type) {
    case "switch":
      return (
        <Switch label={label} hint={hint} checked={value === true} onChange={onChange} disabled={disabled} />
      );
    case "choice":
      return (
        <Labelled label={label} hint={hint} error={error}>
          <Select label={label} value={text} options={options} onChange={onChange} disabled={disabled} />
        </Labelled>
      );
    case "several":
      return (
        <Labelled label={label} hint={hint} error={error}>
          <Choices label={label} value={list} options={options} onChange={onChange} disabled={disabled} />
        </Labelled>
      );
    case "words":
      return (
        <Labelled label={label} hint={hint} error={error}>
          <Words
            label={label}
            value={list}
            onChange={onChange}
            options={[]}
            isFree
            placeholder={field.placeholder ?? ""}
            disabled={disabled}
          />
        </Labelled>
      );
    default:
      return <Typed {...props} text={text} />;
  }
}

function Typed({
  field,
  value,
  text,
  isKept,
  disabled,
  error,
  onChange,
}: FieldControlProps & { text: string }) {
  const { label, hint, type, isOptional, placeholder } = field;
  const name = isOptional ? i18n._("{label} (optional)", { label }) : label;
  if (type === "lines") {
    return (
      <Field label={name} hint={hint} error={error}>
        <TextArea
          value={text}
          maxLength={500}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    );
  }
  if (type === "number") {
    return (
      <Field label={name} hint={hint} error={error}>
        <TextInput
          inputMode="numeric"
          value={typeof value === "number" ? String(value) : ""}
          disabled={disabled}
          onChange={(event) => onChange(numberIn(event.target.value))}
          className="max-w-40"
        />
      </Field>
    );
  }
  const isSecret = type === "secret";
  return (
    <Field label={name} hint={hint} error={error}>
      <TextInput
        // The browser's own picker for colours.
        type={isSecret ? "password" : type === "colour" ? "color" : "text"}
        value={text}
        disabled={disabled}
        autoComplete={isSecret ? "new-password" : "off"}
        spellCheck={false}
        placeholder={isSecret && isKept ? i18n._("Kept as it is; type to replace it") : (placeholder ?? "")}
        onChange={(event) => onChange(event.target.value)}
        {...(type === "colour" && { className: "w-20 cursor-pointer p-1" })}
      />
    </Field>
  );
}

function numberIn(typed: string): number | undefined {
  const digits = typed.replace(/\D/g, "");
  return digits === "" ? undefined : Number(digits);
}
