import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Clock3 } from "lucide-react";

import type { WorkspaceSettings } from "@/api/types";
import { Ago } from "@/ui/Ago";

import { changesQuery } from "../queries";

/** When a change takes effect, and who changed one of `settings` last. */
export function Effect({
  when = i18n._("Takes effect at the next action, in every open window."),
  settings = [],
}: {
  when?: string;
  settings?: readonly (keyof WorkspaceSettings)[];
}) {
  return (
    <>
      <Clock3 size={13} aria-hidden="true" className="shrink-0" />
      <span>{when}</span>
      {settings.length > 0 && <LastChange settings={settings} />}
    </>
  );
}

function LastChange({ settings }: { settings: readonly string[] }) {
  const { data: changes } = useQuery(changesQuery);
  const last = changes
    ?.filter((change) => settings.includes(change.setting))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (last === undefined) return null;
  return (
    <span className="sm:ml-auto">
      {i18n._("Changed by {name}", { name: last.actor.name })} · <Ago at={last.at} />
    </span>
  );
}
