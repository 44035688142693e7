import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";

import { Ago } from "@/ui/Ago";

import { Effect } from "../parts/Effect";
import { useIsAdmin } from "../queries";
import { touchesQuery } from "./queries";

/** When a change takes effect, and who made the last one. */
export function Touched({ channelId }: { channelId: string }) {
  const isAdmin = useIsAdmin();
  const { data: touches } = useQuery({ ...touchesQuery, enabled: isAdmin });
  const last = touches?.get(channelId);
  return (
    <>
      <Effect when={i18n._("Tried with the provider, then in effect for the next message.")} />
      {last !== undefined && (
        <span className="sm:ml-auto">
          {i18n._("Changed by {name}", { name: last.name })} · <Ago at={last.at} />
        </span>
      )}
    </>
  );
}
