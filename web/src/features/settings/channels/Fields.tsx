import type { ReactNode } from "react";

import { messageFor } from "@/ui/draft";

import { Card, Rows } from "../parts/Card";
import { FieldControl } from "./FieldControl";
import type { FieldGroup, Values } from "./kinds";
import { isShown } from "./values";

/** Everything that a channel asks for, in its groups, with what the server says about each field. */
export function Fields({
  groups,
  values,
  isNew,
  isReadOnly,
  error,
  onChange,
}: {
  groups: readonly FieldGroup[];
  values: Values;
  isNew: boolean;
  isReadOnly: boolean;
  error: unknown;
  onChange: (values: Values) => void;
}): ReactNode {
  // Of several fields together the server says something too; that stands above all of them.
  const names = groups.flatMap(({ fields }) => fields.map(({ name }) => name));
  const isBeside = names.some((name) => messageFor(error, `settings.${name}`) !== undefined);
  const together = isBeside ? undefined : messageFor(error, "settings");
  const cards = groups.map(({ id, title, intro, fields }) => (
    <Card key={id} title={title} {...(intro !== undefined && { intro })}>
      <Rows>
        {fields
          .filter((field) => isShown(values, field))
          .map((field) => (
            <div key={field.name}>
              <FieldControl
                field={field}
                value={values[field.name]}
                isKept={!isNew}
                disabled={isReadOnly}
                error={messageFor(error, `settings.${field.name}`)}
                onChange={(value) => onChange({ ...values, [field.name]: value })}
              />
            </div>
          ))}
      </Rows>
    </Card>
  ));
  return (
    <>
      {together !== undefined && (
        <p role="alert" className="px-1 font-medium text-bad">
          {together}
        </p>
      )}
      {cards}
    </>
  );
}
