import { i18n } from "@lingui/core";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";

import { cx } from "@/ui/cx";
import { fullMoment } from "@/ui/time";

import { actionName } from "./actionNames";
import { AuditDetail } from "./AuditDetail";
import type { AuditRow } from "./queries";
import { viaName } from "./viaNames";

/** Audit rows, newest first; each opens to show what changed. */
export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  return (
    <div className="@container rounded-xl border border-line bg-surface">
      <table className="w-full table-fixed text-[0.8125rem]">
        <caption className="sr-only">{i18n._("Audit, newest first")}</caption>
        <thead className="text-xs text-quiet @max-[38rem]:sr-only">
          <tr>
            <th scope="col" className="w-56 py-2 ps-8.25 pe-2 text-start font-medium">
              {i18n._("When")}
            </th>
            <th scope="col" className="px-2 py-2 text-start font-medium">
              {i18n._("Action")}
            </th>
            <th scope="col" className="px-2 py-2 text-start font-medium">
              {i18n._("Who")}
            </th>
            <th scope="col" className="w-28 py-2 ps-2 pe-4 text-start font-medium">
              {i18n._("Through")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} isOpen={opened.has(row.id)} onToggle={() => toggle(row.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const cellClass = "truncate px-2 py-2 @max-[38rem]:block @max-[38rem]:py-0 @max-[38rem]:ps-8.25";

function Row({ row, isOpen, onToggle }: { row: AuditRow; isOpen: boolean; onToggle: () => void }) {
  const detail = useId();
  // "Resolved, because resolved" says nothing.
  const hasReason = row.reason !== null && !row.action.endsWith(`.${row.reason}`);
  const when = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <>
      {/* The whole row opens for the mouse; the button in it is there for everybody. */}
      <tr
        onClick={onToggle}
        className="cursor-pointer border-t border-line hover:bg-hover @max-[38rem]:block @max-[38rem]:py-2"
      >
        <td className="py-2 ps-2 pe-2 whitespace-nowrap tabular-nums @max-[38rem]:block @max-[38rem]:py-0">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? detail : undefined}
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
            className="inline-flex min-h-6 items-center gap-2 rounded-md"
          >
            <ChevronRight
              size={15}
              aria-hidden="true"
              className={cx("shrink-0 text-quiet transition-transform", isOpen && "rotate-90")}
            />
            <span className="sr-only">
              {i18n._("{action} by {who}", { action: actionName(row.action), who: row.actor.name })}
            </span>
            <time dateTime={row.at} title={fullMoment(row.at)} className="ps-0.5">
              {when.format(new Date(row.at))}
            </time>
          </button>
        </td>
        <td className={cx(cellClass, "font-medium")}>
          {actionName(row.action)}
          {hasReason && <span className="font-normal text-quiet"> · {row.reason}</span>}
        </td>
        <td className={cellClass}>{row.actor.name}</td>
        <td className={cx(cellClass, "pe-4 text-quiet")}>{viaName(row.actor.via)}</td>
      </tr>
      {isOpen && (
        <tr id={detail} className="@max-[38rem]:block">
          <td colSpan={4} className="px-4 ps-10 pt-1 pb-4 @max-[38rem]:block @max-[38rem]:ps-4">
            <AuditDetail row={row} />
          </td>
        </tr>
      )}
    </>
  );
}
