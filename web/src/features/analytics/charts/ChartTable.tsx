import type { ReactNode } from "react";

/** A chart's figures as a table that scrolls by itself. */
export function ChartTable({
  caption,
  head,
  rows,
}: {
  caption: string;
  head: readonly string[];
  rows: readonly { id: string; name: string; cells: readonly ReactNode[] }[];
}) {
  return (
    <div
      role="region"
      aria-label={caption}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must take the focus
      tabIndex={0}
      className="overflow-x-auto -outline-offset-2"
    >
      <table className="w-full text-[0.8125rem]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-xs text-quiet">
            {head.map((name) => (
              <th
                key={name}
                scope="col"
                className="px-2 py-1.5 text-end font-medium whitespace-nowrap first:text-start"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, cells }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="px-2 py-1.5 text-start font-medium whitespace-nowrap">
                {name}
              </th>
              {cells.map((cell, index) => (
                <td
                  key={head[index + 1] ?? index}
                  className="px-2 py-1.5 text-end whitespace-nowrap tabular-nums"
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
