import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { meQuery } from "@/api/queries";

/** The title of a dashboard page, its tools, and the way to the other one. */
export function DashboardHeader({
  title,
  detail,
  children,
}: {
  title: string;
  detail: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="space-y-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-lg leading-7 font-semibold">{title}</h1>
          <p className="text-[0.8125rem] text-quiet">{detail}</p>
        </div>
        {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
      </div>
    </header>
  );
}

/** Whether who is signed in sees everybody's figures; undefined until that is known. */
export function useIsAdmin(): { isAdmin: boolean | undefined } {
  const { data: me } = useQuery(meQuery);
  return { isAdmin: me && (me.role === "admin" || me.role === "owner") };
}
