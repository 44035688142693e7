import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { i18n } from "@lingui/core";

import type { Named } from "@/api/types";

/** Which of several workspaces to sign in to. */
export function WorkspaceChoice({
  workspaces,
  value,
  onChange,
}: {
  workspaces: readonly Named[];
  value: string | null;
  onChange: (id: string) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-[0.8125rem] font-medium">
        {i18n._("You are in several workspaces. Which one?")}
      </legend>
      <RadioGroup
        aria-label={i18n._("Workspace")}
        value={value ?? ""}
        onValueChange={(id) => onChange(String(id))}
        className="flex flex-col gap-1.5"
      >
        {workspaces.map((workspace) => (
          <label
            key={workspace.id}
            className="flex items-center gap-2.5 rounded-lg border border-line px-3 py-2 hover:bg-hover has-data-checked:border-accent has-data-checked:bg-accent-soft"
          >
            <Radio.Root
              value={workspace.id}
              className="flex size-4.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-checked:border-accent data-checked:bg-accent"
            >
              <Radio.Indicator className="size-2 rounded-full bg-on-accent" />
            </Radio.Root>
            <span className="min-w-0 truncate font-medium">{workspace.name}</span>
          </label>
        ))}
      </RadioGroup>
    </fieldset>
  );
}
