import { AxisBottom } from "@visx/axis";
import { GridColumns } from "@visx/grid";
import { scaleBand, scaleLinear } from "@visx/scale";
import type { ReactNode } from "react";

import { useWidth } from "./useWidth";

/** What a row is drawn with: its place from the left and its middle. */
export interface Place {
  x: (value: number) => number;
  top: number;
  height: number;
}

interface FrameProps<Row> {
  rows: readonly Row[];
  name: (row: Row) => string;
  /** Written at the right end of a row's name. */
  value: (row: Row) => string;
  ticks: readonly number[];
  tickText: (value: number) => string;
  /** Read in place of the drawing. */
  label: string;
  draw: (row: Row, place: Place) => ReactNode;
  children?: ReactNode;
}

const AXIS = 24;
const LINE = 18;
const THICK = 18;
const ROW = LINE + THICK + 12;
const SIDE = 8;

/** Horizontal bars, one under the other: over each its name and its value, below all the axis. */
export function Frame<Row>({ rows, name, value, ticks, tickText, label, draw, children }: FrameProps<Row>) {
  const [element, width] = useWidth<HTMLDivElement>();
  const height = rows.length * ROW;
  const x = scaleLinear({ domain: [0, ticks.at(-1) ?? 1], range: [SIDE, Math.max(width - SIDE, SIDE + 1)] });
  const y = scaleBand({ domain: rows.map((_, index) => index), range: [0, height] });
  return (
    <div ref={element} className="min-w-0">
      {width > 0 && (
        <svg width={width} height={height + AXIS} role="img" aria-label={label} className="block">
          {children}
          <GridColumns
            scale={x}
            height={height}
            tickValues={[...ticks]}
            lineStyle={{ stroke: "var(--line)" }}
          />
          {rows.map((row, index) => {
            const top = y(index) ?? 0;
            return (
              <g key={name(row) + String(index)}>
                <text x={SIDE} y={top + LINE - 4} className="fill-ink text-xs">
                  {name(row)}
                </text>
                <text
                  x={width - SIDE}
                  y={top + LINE - 4}
                  textAnchor="end"
                  className="fill-quiet text-xs tabular-nums"
                >
                  {value(row)}
                </text>
                {draw(row, { x, top: top + LINE, height: THICK })}
              </g>
            );
          })}
          <AxisBottom
            scale={x}
            top={height}
            tickValues={[...ticks]}
            tickFormat={(tick) => tickText(Number(tick))}
            hideTicks
            stroke="var(--line)"
            tickLabelProps={(_, index) => ({
              className: "fill-quiet text-[0.6875rem]",
              fontFamily: "inherit",
              textAnchor: index === 0 ? "start" : index === ticks.length - 1 ? "end" : "middle",
            })}
          />
        </svg>
      )}
    </div>
  );
}
