import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";

import { capped, duration } from "@/ui/numbers";

import { waitingQuery } from "./queries";

/** Who waits now. They are not in the figures: a wait that goes on has no length yet. */
export function OpenWaits() {
  const { data: waits } = useQuery(waitingQuery);
  if (waits === undefined) return null;
  const places = {
    unclaimed: { view: "unclaimed", name: i18n._("Unclaimed") },
    mine: { view: "mine", name: i18n._("My conversations") },
    others: { view: "all", name: i18n._("Claimed by others") },
  };
  return (
    <section
      aria-label={i18n._("Open waits")}
      className="flex flex-wrap items-baseline gap-x-5 gap-y-1 rounded-xl bg-free-soft px-4 py-2.5 text-[0.8125rem]"
    >
      <span className="font-medium">{i18n._("Waiting now")}</span>
      {waits.data.map((wait) => {
        const place = places[wait.view as keyof typeof places];
        return (
          <Link
            key={wait.view}
            to="/inbox/$view"
            params={{ view: place.view }}
            search={{ sort: "waiting" }}
            className="py-0.5 underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {place.name}{" "}
            <span className="font-medium tabular-nums">
              {capped({ count: wait.waiting, capped: wait.capped })}
            </span>
            {wait.oldest_seconds !== null && (
              <span className="text-quiet">
                {" · "}
                {i18n._("oldest {time}", { time: duration(wait.oldest_seconds) })}
              </span>
            )}
          </Link>
        );
      })}
      <span className="text-quiet">{i18n._("Open waits are not part of the figures.")}</span>
    </section>
  );
}
