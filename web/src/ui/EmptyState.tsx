import type { ReactNode } from "react";

/** Says why there is nothing, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      {icon && (
        <div className="mb-1 flex size-11 items-center justify-center rounded-2xl bg-free-soft text-free">
          {icon}
        </div>
      )}
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-xs space-y-3 text-quiet">{children}</div>}
    </div>
  );
}
