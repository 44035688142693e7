/** The app's mark, as in the browser's tab. */
export function Logo({ size = 40 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      className="forced-color-adjust-none"
    >
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path d="M9 8h6.5a8 8 0 0 1 0 16H9z" className="fill-on-accent" />
      <circle cx="15.5" cy="16" r="3" className="fill-accent" />
    </svg>
  );
}
