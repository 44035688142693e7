import { cx } from "@/ui/cx";
import { Bar, Late } from "@/ui/Skeleton";

/** Where messages will be, when they take a while. */
export function ThreadSkeleton() {
  return (
    <div className="flex-1 overflow-hidden px-6 py-6">
      <Late>
        <div className="mx-auto flex max-w-[52rem] flex-col gap-5">
          {["w-3/5", "w-2/5", "w-1/2", "w-3/5"].map((width, index) => (
            <div key={index} className={cx("flex flex-col gap-2", index % 2 === 1 && "items-end")}>
              <Bar className="w-24" />
              <Bar className={cx("h-12 rounded-2xl", width)} />
            </div>
          ))}
        </div>
      </Late>
    </div>
  );
}
