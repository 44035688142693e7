import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";

import { countsQuery, meQuery } from "@/api/queries";
import { cx } from "@/ui/cx";

import { SavedViews } from "./SavedViews";
import { filtersOf, isNarrowed, type InboxSearch } from "./search";
import { useFreshCounts } from "./useFreshCounts";
import { countText, VIEW_ICONS, viewName, viewsFor } from "./views";

/** Every view with how much is in it, and the saved ones. */
export function ViewsPane({ onChosen }: { onChosen?: () => void }) {
  useFreshCounts();
  const { data: me } = useQuery(meQuery);
  const { data: counts } = useQuery(countsQuery);
  const { view: current } = useParams({ strict: false });
  const isPlain = !isNarrowed(filtersOf(useSearch({ strict: false }) as InboxSearch));
  if (me === undefined) return null;
  return (
    <>
      <ul className="space-y-px" aria-label={i18n._("Views")}>
        {viewsFor(me.role).map((view) => {
          const Icon = VIEW_ICONS[view];
          const count = counts?.[view];
          const isHere = view === current && isPlain;
          return (
            <li key={view}>
              <Link
                to="/inbox/$view"
                params={{ view }}
                search={{}}
                preload={false}
                activeProps={{}}
                aria-current={isHere ? "page" : undefined}
                onClick={onChosen}
                className={cx(
                  "flex h-8 items-center gap-2.5 rounded-lg px-2 text-[0.8125rem]",
                  isHere ? "bg-chosen font-semibold text-accent-ink" : "font-medium hover:bg-hover",
                )}
              >
                <Icon size={16} aria-hidden="true" className={isHere ? "" : "text-quiet"} />
                <span className="min-w-0 flex-1 truncate">{viewName(view)}</span>
                {count != null && count.count > 0 && (
                  <span className={cx("text-xs tabular-nums", !isHere && "text-quiet")}>
                    {countText(count)}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <SavedViews me={me} {...(onChosen && { onChosen })} />
    </>
  );
}
