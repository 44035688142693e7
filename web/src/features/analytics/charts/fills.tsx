/** How parts of a bar are told apart: five tones, then the same ones striped, so that colour alone says nothing. */
const TONES = ["fill-accent-ink", "fill-mine", "fill-other", "fill-warn", "fill-free"];

export interface Fill {
  readonly tone: string;
  readonly isStriped: boolean;
}

export function fillAt(index: number): Fill {
  return { tone: TONES[index % TONES.length] ?? "fill-free", isStriped: index >= TONES.length };
}

/** The stripes that lie over a tone; to be put once into each drawing. */
export function Stripes({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="5" className="fill-surface" opacity="0.6" />
      </pattern>
    </defs>
  );
}
