import { cx } from "./cx";

const TONES = [
  "bg-[#dfe4fb] text-[#2f3f9e]",
  "bg-[#d9f0e6] text-[#0c5a41]",
  "bg-[#fbe6d4] text-[#7a3d06]",
  "bg-[#f6dcea] text-[#86205a]",
  "bg-[#dcedf7] text-[#0d5273]",
  "bg-[#ece2f8] text-[#5b2a91]",
];

const SIZES = {
  5: "size-5 text-[0.5625rem]",
  6: "size-6 text-[0.625rem]",
  8: "size-8 text-xs",
  10: "size-10 text-sm",
};

/** A person's initials, in a colour of their own. Decoration: the name stands beside it. */
export function Avatar({
  name,
  size = 6,
  className,
}: {
  name: string | null;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  const text = name ?? "?";
  const initials = text
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  const tone = TONES[[...text].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TONES.length];
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-flex shrink-0 items-center justify-center rounded-full font-semibold uppercase select-none forced-colors:border",
        SIZES[size],
        tone,
        className,
      )}
    >
      {initials}
    </span>
  );
}
