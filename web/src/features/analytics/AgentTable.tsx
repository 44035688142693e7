import { i18n } from "@lingui/core";
import { ArrowDown, ArrowUp } from "lucide-react";

import { Avatar } from "@/ui/Avatar";
import { cx } from "@/ui/cx";

import { columns, type Column } from "./columns";
import { ordered, type AgentFigures } from "./figures";
import type { ColumnId } from "./search";
import { useAnalyticsSearch } from "./useAnalyticsSearch";

type Sort = ColumnId | `-${ColumnId}`;
const USUAL: Sort = "-claimed";

/** One row per agent. Headings sort; every figure with something behind it opens its list. */
export function AgentTable({ agents }: { agents: readonly AgentFigures[] }) {
  const [{ sort = USUAL }, change] = useAnalyticsSearch();
  const shown = columns();
  const sortBy = (id: ColumnId) => {
    // Numbers begin with the largest, names with the first.
    const first: Sort = id === "agent" ? id : `-${id}`;
    const second: Sort = id === "agent" ? `-${id}` : id;
    change({ sort: sort === first ? second : first });
  };
  return (
    <section
      aria-label={i18n._("Agents")}
      className="overflow-hidden rounded-xl border border-line bg-surface"
    >
      {/* Wide tables scroll by themselves, so that the page never has to; by keyboard too. */}
      <div
        role="region"
        aria-label={i18n._("Figures per agent")}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must take the focus
        tabIndex={0}
        className="max-h-[80dvh] overflow-auto -outline-offset-2"
      >
        <table className="w-full border-separate border-spacing-0 text-[0.8125rem]">
          <caption className="sr-only">
            {i18n._("Figures per agent: p50 · p90, n and mean; by column headings in another order.")}
          </caption>
          <thead>
            <tr>
              <Heading id="agent" name={i18n._("Agent")} sort={sort} onSort={sortBy} />
              {shown.map((column) => (
                <Heading key={column.id} {...column} sort={sort} onSort={sortBy} />
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered(agents, sort, i18n.locale).map((figures) => (
              <tr key={figures.agent.id} className="group">
                <th
                  scope="row"
                  className="sticky start-0 z-10 max-w-36 border-t border-line bg-surface py-2 ps-4 pe-2 text-start font-medium group-hover:bg-hover sm:max-w-none"
                >
                  <span className="flex items-center gap-2">
                    <Avatar name={figures.agent.name} className="max-sm:hidden" />
                    <span className="truncate">{figures.agent.name}</span>
                  </span>
                </th>
                {shown.map((column) => (
                  <td
                    key={column.id}
                    className="border-t border-line px-2 py-2 whitespace-nowrap tabular-nums group-hover:bg-hover last:pe-4"
                  >
                    <Cell column={column} figures={figures} />
                    {column.below && <Cell column={column.below} figures={figures} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ column, figures }: { column: Pick<Column, "cell" | "opens">; figures: AgentFigures }) {
  const [, change] = useAnalyticsSearch();
  const behind = column.opens?.(figures);
  if (behind === undefined) return column.cell(figures);
  return (
    <button
      type="button"
      title={i18n._("Open the list")}
      onClick={() => change({ outcome: undefined, ...behind, agent: figures.agent.id }, true)}
      className="-mx-1.5 block min-h-6 rounded-md px-1.5 py-0.5 text-start decoration-line-strong underline-offset-2 hover:bg-chosen hover:underline"
    >
      {column.cell(figures)}
    </button>
  );
}

function Heading({
  id,
  name,
  detail,
  sort,
  onSort,
}: Pick<Column, "id" | "name"> & { detail?: string; sort: Sort; onSort: (id: ColumnId) => void }) {
  const isUp = sort === id;
  const isDown = sort === `-${id}`;
  const Icon = isUp ? ArrowUp : isDown ? ArrowDown : undefined;
  return (
    <th
      scope="col"
      aria-sort={isUp ? "ascending" : isDown ? "descending" : "none"}
      className={cx(
        "sticky top-0 bg-sunken px-2 py-2 text-start align-top font-medium",
        id === "agent" ? "start-0 z-30 ps-4" : "z-20",
      )}
    >
      <button
        type="button"
        onClick={() => onSort(id)}
        className="flex min-h-6 items-center gap-1 whitespace-nowrap hover:text-accent-ink hover:underline"
      >
        {name}
        {Icon && <Icon size={13} aria-hidden="true" className="shrink-0" />}
      </button>
      {detail !== undefined && (
        <span className="block text-xs font-normal whitespace-nowrap text-quiet">{detail}</span>
      )}
    </th>
  );
}
