import { ViewsPane } from "@/features/inbox/ViewsPane";

/** Views, other places, and the person. */
export function Sidebar() {
  return (
    <aside className="hidden w-52 shrink-0 flex-col border-r border-line bg-sunken lg:flex">
      <ViewsPane />
    </aside>
  );
}
