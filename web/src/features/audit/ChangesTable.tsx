import { i18n } from "@lingui/core";

import { cx } from "@/ui/cx";

import { valueText, type Change } from "./diff";

/** Before and after, field by field; in words too, never by colour alone. */
export function ChangesTable({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) {
    return <p className="text-quiet">{i18n._("No fields were recorded with this row.")}</p>;
  }
  return (
    <table className="w-full table-fixed">
      <caption className="sr-only">{i18n._("What changed")}</caption>
      <thead className="text-xs text-quiet">
        <tr>
          <th scope="col" className="w-1/4 py-1 pe-2 text-start font-medium">
            {i18n._("Field")}
          </th>
          <th scope="col" className="px-2 py-1 text-start font-medium">
            {i18n._("Before")}
          </th>
          <th scope="col" className="py-1 ps-2 text-start font-medium">
            {i18n._("After")}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, kind, before, after }) => (
          <tr key={path} className="border-t border-line align-top">
            <th scope="row" className="py-1 pe-2 text-start font-mono text-xs font-normal break-words">
              {path}
              {kind === "same" && <span className="block font-sans text-quiet">{i18n._("unchanged")}</span>}
            </th>
            <td className="px-2 py-1 break-words">
              <Value
                value={before}
                isKnown={kind !== "added"}
                tone={kind === "same" ? "" : "bg-bad-soft text-bad"}
              />
            </td>
            <td className="py-1 ps-2 break-words">
              <Value
                value={after}
                isKnown={kind !== "removed"}
                tone={kind === "same" ? "" : "bg-mine-soft text-mine"}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A value; in a document that does not mention the field it is said to be unrecorded. */
function Value({ value, isKnown, tone }: { value: unknown; isKnown: boolean; tone: string }) {
  if (!isKnown) return <span className="text-quiet">{i18n._("not recorded")}</span>;
  const text = valueText(value);
  return (
    <span className={cx("rounded box-decoration-clone px-1 py-0.5", tone)}>
      {text === null || text === "" ? i18n._("none") : text}
    </span>
  );
}
