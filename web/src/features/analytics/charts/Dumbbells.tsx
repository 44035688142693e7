import { i18n } from "@lingui/core";
import { Bar, Circle } from "@visx/shape";

import { duration } from "@/ui/numbers";

import { Frame } from "./Frame";
import { durationTicks } from "./ticks";

export interface Dumbbell {
  readonly id: string;
  readonly name: string;
  readonly p50: number;
  readonly p90: number;
  readonly n: number;
}

/** From p50 (a full dot) to p90 (a ring), one line per agent. */
export function Dumbbells({ rows, label }: { rows: readonly Dumbbell[]; label: string }) {
  const most = Math.max(0, ...rows.map(({ p90 }) => p90));
  return (
    <>
      <ul className="flex gap-4 text-xs text-quiet">
        <li className="flex items-center gap-1.5">
          <svg width="12" height="12" aria-hidden="true">
            <Circle cx={6} cy={6} r={5} className="fill-accent-ink" />
          </svg>
          {i18n._("p50: half are claimed by then")}
        </li>
        <li className="flex items-center gap-1.5">
          <svg width="12" height="12" aria-hidden="true">
            <Circle cx={6} cy={6} r={4} className="fill-surface stroke-other" strokeWidth={2} />
          </svg>
          {i18n._("p90: nine of ten")}
        </li>
      </ul>
      <Frame
        rows={rows}
        name={(row) => row.name}
        value={(row) => `${duration(row.p50)} · ${duration(row.p90)}`}
        ticks={durationTicks(most, 4)}
        tickText={duration}
        label={label}
        draw={({ p50, p90 }, { x, top, height }) => {
          const middle = top + height / 2;
          return (
            <>
              <Bar
                x={x(p50)}
                y={middle - 1.5}
                width={Math.max(0, x(p90) - x(p50))}
                height={3}
                className="fill-line-strong"
              />
              <Circle cx={x(p90)} cy={middle} r={5} className="fill-surface stroke-other" strokeWidth={2.5} />
              <Circle cx={x(p50)} cy={middle} r={6} className="fill-accent-ink" />
            </>
          );
        }}
      />
    </>
  );
}
