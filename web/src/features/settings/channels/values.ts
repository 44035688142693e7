/** What is typed in for a channel, as the server wants it. */
import type { FieldGroup, FieldSpec, Values } from "./kinds";

/** Whether a field has its place now. */
export function isShown(values: Values, { when }: FieldSpec): boolean {
  return when === undefined || values[when.name] === when.is;
}

/** Whether everything is there that has to be; a secret that the server has may stay empty. Pure. */
export function isWhole(groups: readonly FieldGroup[], values: Values, isNew: boolean): boolean {
  return groups.every(({ fields }) =>
    fields.every((field) => {
      if (field.isOptional || !isShown(values, field)) return true;
      const value = values[field.name];
      if (field.type === "secret") return !isNew || isFilled(value);
      return field.type === "text" || field.type === "number" ? isFilled(value) : true;
    }),
  );
}

/** Without what has no place now and without secrets that nobody typed in: the server keeps those. Pure. */
export function sent(groups: readonly FieldGroup[], values: Values): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const field of groups.flatMap(({ fields }) => fields)) {
    const value = clean(field, values[field.name]);
    if (value !== undefined && isShown(values, field)) all[field.name] = value;
  }
  return all;
}

function clean({ type, isOptional, isNullable }: FieldSpec, value: unknown): unknown {
  if (typeof value !== "string") return value ?? undefined;
  if (type === "secret") return value === "" ? undefined : value;
  const text = value.trim();
  if (text !== "" || type === "lines") return text;
  return isNullable ? null : isOptional ? "" : undefined;
}

function isFilled(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && value.trim() !== "");
}
