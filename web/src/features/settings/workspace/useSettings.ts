import { useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";

import { settingsQuery } from "@/api/queries";
import type { WorkspaceSettings } from "@/api/types";
import { say } from "@/ui/status";

import { useDraft, type Draft } from "@/ui/useDraft";
import { sentence, useChangeSettings, useIsAdmin } from "../queries";

/** The workspace's settings as a form: changes are kept until they are saved together. */
export function useSettingsForm(): { draft: Draft<WorkspaceSettings>; isReadOnly: boolean } {
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const change = useChangeSettings();
  const isAdmin = useIsAdmin();
  const draft = useDraft(settings, (changes) => change.mutateAsync(changes));
  return { draft, isReadOnly: !isAdmin };
}

/** One setting that is on or off and is stored as soon as it is switched. */
export function useSettingSwitch(name: SwitchName) {
  const { data: settings } = useSuspenseQuery(settingsQuery);
  const change = useChangeSettings();
  const isAdmin = useIsAdmin();
  return {
    checked: settings[name],
    disabled: !isAdmin,
    error: sentence(change.error),
    onChange: (isOn: boolean) =>
      change.mutate({ [name]: isOn }, { onSuccess: () => say(i18n._("Saved"), { tone: "good" }) }),
  };
}

type SwitchName = {
  [K in keyof WorkspaceSettings]: WorkspaceSettings[K] extends boolean ? K : never;
}[keyof WorkspaceSettings];
