import { useQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";

import { settingsQuery } from "@/api/queries";
import { Checkbox } from "@/ui/Checkbox";
import { Segmented } from "@/ui/Segmented";

import { shiftedDay, today } from "./periods";
import { RangeFields } from "./RangeFields";
import { useAnalyticsSearch } from "./useAnalyticsSearch";

/** Which period, by which clock, and whether beside the period before. */
export function PeriodBar({ before }: { before: string | undefined }) {
  const [search, change] = useAnalyticsSearch();
  const { data: settings } = useQuery(settingsQuery);
  const zone = settings?.time_zone ?? "Etc/UTC";
  const { from, to } = search;
  const isRange = from !== undefined && to !== undefined;
  const choose = (choice: "7d" | "30d" | "range") => {
    const until = today(zone);
    change({
      window: choice === "30d" ? "30d" : undefined,
      from: choice === "range" ? shiftedDay(until, -6) : undefined,
      to: choice === "range" ? until : undefined,
    });
  };
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label={i18n._("Period")}
          value={isRange ? "range" : (search.window ?? "7d")}
          options={[
            { value: "7d", label: i18n._("7 days") },
            { value: "30d", label: i18n._("30 days") },
            { value: "range", label: i18n._("Range") },
          ]}
          onChange={choose}
        />
        <Segmented
          label={i18n._("Clock")}
          value={search.time ?? "elapsed"}
          options={[
            { value: "elapsed", label: i18n._("Elapsed time") },
            { value: "business", label: i18n._("Business time") },
          ]}
          onChange={(time) => change({ time: time === "business" ? "business" : undefined })}
        />
        <label className="flex items-center gap-2 text-[0.8125rem]">
          <Checkbox
            label={i18n._("Compare with the period before")}
            checked={search.compare !== false}
            onChange={(checked) => change({ compare: checked ? undefined : false })}
          />
          <span>
            <span aria-hidden="true">{i18n._("Compare with the period before")}</span>{" "}
            {before !== undefined && search.compare !== false && (
              <span className="ml-1 text-quiet">{before}</span>
            )}
          </span>
        </label>
      </div>
      {isRange && (
        <RangeFields
          key={`${from} ${to}`}
          from={from}
          to={to}
          latest={today(zone)}
          onChange={(range) => change(range)}
        />
      )}
      {search.time === "business" && settings?.business_hours.openings.length === 0 && (
        <p className="text-[0.8125rem] text-quiet">
          {i18n._(
            "No business hours are set, so every hour counts: business time is elapsed time less holidays.",
          )}
        </p>
      )}
    </div>
  );
}
