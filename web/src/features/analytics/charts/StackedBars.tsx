import { useId } from "react";

import { number } from "@/ui/numbers";

import { fillAt, Stripes } from "./fills";
import { Frame } from "./Frame";
import { Legend } from "./Legend";
import { Part } from "./Part";
import { stacked, type StackRow } from "./stacks";

const GAP = 1;

/** Bars made of parts, as counts or as shares of each row's whole. */
export function StackedBars({
  rows,
  kinds,
  ticks,
  tickText,
  value,
  label,
  isShare = false,
}: {
  rows: readonly StackRow[];
  kinds: readonly { id: string; name: string }[];
  ticks: readonly number[];
  tickText: (value: number) => string;
  value: (row: StackRow) => string;
  label: string;
  isShare?: boolean;
}) {
  const stripes = useId();
  const fills = new Map(kinds.map(({ id }, index) => [id, fillAt(index)]));
  const used = kinds.filter(({ id }) => rows.some((row) => (row.parts[id] ?? 0) > 0));
  return (
    <>
      <Legend entries={used.map(({ id, name }) => ({ id, name, fill: fills.get(id) ?? fillAt(0) }))} />
      <Frame
        rows={rows}
        name={(row) => row.name}
        value={value}
        ticks={ticks}
        tickText={tickText}
        label={label}
        draw={(row, { x, top, height }) =>
          stacked(
            row,
            kinds.map(({ id }) => id),
            isShare,
          ).map((part) => (
            <Part
              key={part.id}
              fill={fills.get(part.id) ?? fillAt(0)}
              stripes={stripes}
              x={x(part.from)}
              y={top}
              width={Math.max(1, x(part.to) - x(part.from) - GAP)}
              height={height}
              text={number(part.count)}
            />
          ))
        }
      >
        <Stripes id={stripes} />
      </Frame>
    </>
  );
}
