import type { ComponentProps, ReactNode } from "react";

import { Switch } from "@/ui/Switch";

import type { useSettingSwitch } from "./useSettings";

/** A switch of the workspace, with the server's refusal below. */
export function SettingSwitch({
  setting,
  label,
  hint,
}: {
  setting: ReturnType<typeof useSettingSwitch>;
  label: ReactNode;
  hint: ComponentProps<typeof Switch>["hint"];
}) {
  const { error, ...rest } = setting;
  return (
    <div>
      <Switch label={label} hint={hint} {...rest} />
      {error !== undefined && (
        <p role="alert" className="mt-1.5 text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
