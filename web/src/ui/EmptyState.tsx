import type { ReactNode } from "react";

/** Says why there is nothing, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  isPage = false,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** It is all that there is on the page: then its title is the page's heading. */
  isPage?: boolean;
}) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      {icon && (
        <div className="mb-1 flex size-11 items-center justify-center rounded-2xl bg-free-soft text-free">
          {icon}
        </div>
      )}
      <Title className="font-medium">{title}</Title>
      {children && <div className="max-w-xs space-y-3 text-quiet">{children}</div>}
    </div>
  );
}
