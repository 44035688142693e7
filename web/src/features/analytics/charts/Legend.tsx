import { useId } from "react";

import { Stripes, type Fill } from "./fills";
import { Part } from "./Part";

/** Which part of a bar is what. */
export function Legend({ entries }: { entries: readonly { id: string; name: string; fill: Fill }[] }) {
  const stripes = useId();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-quiet">
      {entries.map(({ id, name, fill }) => (
        <li key={id} className="flex items-center gap-1.5">
          <svg width="12" height="12" aria-hidden="true">
            <Stripes id={`${stripes}${id}`} />
            <Part fill={fill} stripes={`${stripes}${id}`} x={0} y={0} width={12} height={12} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
