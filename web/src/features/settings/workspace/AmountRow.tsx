import { useId, type ReactNode } from "react";

import type { WorkspaceSettings } from "@/api/types";

import { Amount } from "../parts/Amount";
import { Row } from "../parts/Card";
import type { Draft } from "@/ui/useDraft";

export type AmountName = {
  [K in keyof WorkspaceSettings]: WorkspaceSettings[K] extends number ? K : never;
}[keyof WorkspaceSettings];

/** A number of the workspace, with what it does and why the server refused it. */
export function AmountRow({
  draft,
  name,
  label,
  hint,
  unit,
  max,
  disabled,
  trouble,
}: {
  draft: Draft<WorkspaceSettings>;
  name: AmountName;
  label: string;
  hint: ReactNode;
  unit: string;
  max: number;
  disabled: boolean;
  /** What is wrong with it before the server has said so. */
  trouble?: string | undefined;
}) {
  const id = useId();
  const error = trouble ?? draft.errorOf(name);
  return (
    <Row
      label={label}
      labelFor={id}
      hint={
        <>
          {hint}
          {error !== undefined && (
            <span role="alert" className="mt-1 block text-xs font-medium text-bad">
              {error}
            </span>
          )}
        </>
      }
    >
      <Amount
        id={id}
        value={draft.value[name]}
        onChange={(value) => draft.set(name, value)}
        unit={unit}
        max={max}
        disabled={disabled}
        isInvalid={error !== undefined}
      />
    </Row>
  );
}
