import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";
import { ChevronRight } from "lucide-react";

import { cx } from "@/ui/cx";

import { placeGroups } from "./places";

/** All settings by group; `current` is the path of the open one. */
export function SettingsNav({ current, className }: { current: string; className?: string }) {
  return (
    <nav
      aria-label={i18n._("Settings")}
      className={cx(
        "shrink-0 flex-col overflow-y-auto border-r border-line bg-sunken px-3 pt-5 pb-10",
        className,
      )}
    >
      <p className="px-2 text-base font-semibold tracking-tight">{i18n._("Settings")}</p>
      {placeGroups().map((group) => (
        <div key={group.id} className="mt-5">
          <h2 className="px-2 pb-1 text-xs font-medium text-quiet">{group.label}</h2>
          <ul className="flex flex-col gap-px">
            {group.places.map(({ path, label, icon: Icon }) => (
              <li key={path}>
                <Link
                  to="/settings/$"
                  params={{ _splat: path }}
                  aria-current={path === current ? "page" : undefined}
                  className={cx(
                    "flex h-11 items-center gap-2.5 rounded-lg px-2 md:h-8",
                    path === current
                      ? "bg-chosen font-medium text-accent-ink"
                      : "text-ink hover:bg-hover max-md:bg-surface",
                  )}
                >
                  <Icon
                    size={16}
                    aria-hidden="true"
                    className={cx("shrink-0", path !== current && "text-quiet")}
                  />
                  <span className="min-w-0 flex-1 truncate">{label}</span>
                  <ChevronRight size={15} aria-hidden="true" className="text-quiet md:hidden" />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
