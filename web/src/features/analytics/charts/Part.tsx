import { Bar } from "@visx/shape";

import type { Fill } from "./fills";

interface PartProps {
  fill: Fill;
  stripes: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Written on the part where there is room. */
  text?: string;
}

const LETTER = 7;

/** A part of a bar: a tone, stripes over it if they tell it from another, and what it stands for. */
export function Part({ fill, stripes, text, ...box }: PartProps) {
  const isRoomy = !fill.isStriped && text !== undefined && box.width >= text.length * LETTER + 8;
  return (
    <g>
      <Bar {...box} className={fill.tone} rx={2} />
      {fill.isStriped && <Bar {...box} fill={`url(#${stripes})`} rx={2} />}
      {isRoomy && (
        <text
          x={box.x + box.width / 2}
          y={box.y + box.height / 2}
          dy="0.36em"
          textAnchor="middle"
          className="fill-surface text-[0.6875rem] font-semibold"
        >
          {text}
        </text>
      )}
    </g>
  );
}
