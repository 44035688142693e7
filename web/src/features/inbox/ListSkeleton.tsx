import { Bar, Late } from "@/ui/Skeleton";

const ROWS = [48, 36, 56, 40, 60, 44, 52, 38];

/** Where the rows will be, if they are slow to come. */
export function ListSkeleton() {
  return (
    <Late>
      {ROWS.map((width, index) => (
        <div key={index} className="flex h-22 gap-2.5 border-b border-line py-4 pr-3 pl-3.5">
          <span className="size-4.5 shrink-0 rounded-[5px] bg-line" />
          <div className="flex-1 space-y-3">
            <span className="block" style={{ width: `${String(width)}%` }}>
              <Bar />
            </span>
            <Bar className="w-5/6" />
            <Bar className="h-2 w-1/3" />
          </div>
        </div>
      ))}
    </Late>
  );
}
