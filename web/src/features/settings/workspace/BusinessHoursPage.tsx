import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";

import { Button } from "@/ui/Button";

import { Card, Rows } from "../parts/Card";
import { Effect } from "../parts/Effect";
import { Page } from "../parts/Page";
import { ReadOnly } from "../parts/ReadOnly";
import { SaveBar } from "@/ui/SaveBar";
import { DayHours } from "./DayHours";
import { Holidays } from "./Holidays";
import { DAYS, OFFICE, troubles, weekMinutes, type Opening } from "./openings";
import { useSettingsForm } from "./useSettings";
import { zoneName } from "./zones";

/** Workspace Settings > Business hours. */
export function BusinessHoursPage() {
  const { draft, isReadOnly } = useSettingsForm();
  const hours = draft.value.business_hours;
  const set = (openings: Opening[]) => draft.set("business_hours", { ...hours, openings });
  const wrong = troubles(hours.openings);
  const error = draft.errorOf("business_hours");
  return (
    <Page
      title={i18n._("Business hours")}
      intro={i18n._(
        "When the team works. Analytics can count business time only; nobody is kept from working at other times.",
      )}
    >
      <ReadOnly />
      <Card
        title={i18n._("Week")}
        intro={
          <>
            {i18n._("In the time zone {zone}.", { zone: zoneName(draft.value.time_zone) })}{" "}
            <Link
              to="/settings/$"
              params={{ _splat: "workspace/general" }}
              className="font-medium text-accent-ink underline underline-offset-2"
            >
              {i18n._("Change")}
            </Link>
          </>
        }
        actions={<Total minutes={weekMinutes(hours.openings)} isAlways={hours.openings.length === 0} />}
        foot={
          <Effect
            when={i18n._("Takes effect with the next figure that is computed.")}
            settings={["business_hours"]}
          />
        }
      >
        {hours.openings.length === 0 && (
          <div className="mb-2 flex flex-wrap items-center justify-between gap-3 rounded-xl bg-sunken px-3.5 py-3">
            <p className="min-w-0 flex-1 basis-60 text-[0.8125rem] text-quiet">
              {i18n._(
                "No hours are set, so all time counts. Once one day has hours, days without are closed.",
              )}
            </p>
            {!isReadOnly && <Button onClick={() => set(OFFICE)}>{i18n._("Monday to Friday, 9 to 5")}</Button>}
          </div>
        )}
        <Rows>
          {DAYS.map((day) => (
            <DayHours
              key={day}
              day={day}
              openings={hours.openings}
              wrong={wrong}
              onChange={set}
              disabled={isReadOnly}
            />
          ))}
        </Rows>
        {error !== undefined && (
          <p role="alert" className="text-xs font-medium text-bad">
            {error}
          </p>
        )}
      </Card>
      <Holidays
        holidays={hours.holidays}
        onChange={(holidays) => draft.set("business_hours", { ...hours, holidays })}
        disabled={isReadOnly}
      />
      <SaveBar draft={draft} disabled={wrong.size > 0} />
    </Page>
  );
}

function Total({ minutes, isAlways }: { minutes: number; isAlways: boolean }) {
  const text = isAlways
    ? i18n._("Always open")
    : i18n._("{minutes, plural, =0 {{hours} h a week} other {{hours} h # min a week}}", {
        hours: Math.floor(minutes / 60),
        minutes: minutes % 60,
      });
  return <p className="text-[0.8125rem] font-medium text-quiet tabular-nums">{text}</p>;
}
