import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Bookmark, Ellipsis, PencilLine, RefreshCw, Trash2, Users } from "lucide-react";
import { Suspense, useState } from "react";

import { api, body } from "@/api/client";
import { savedViewsQuery } from "@/api/queries";
import type { Me, SavedView } from "@/api/types";
import { cx } from "@/ui/cx";
import { failureText } from "@/ui/Failed";
import { IconButton } from "@/ui/IconButton";
import { lazily } from "@/ui/lazily";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { say } from "@/ui/status";

import { filtersOf, type InboxSearch } from "./search";
import { isAdmin, isView } from "./views";

const SaveView = lazily(async () => ({ default: (await import("./SaveView")).SaveView }));

/** Lists under a name: one's own, and those that colleagues share. */
export function SavedViews({ me, onChosen }: { me: Me; onChosen?: () => void }) {
  const { data: views = [] } = useQuery(savedViewsQuery);
  const [changing, setChanging] = useState<SavedView>();
  if (views.length === 0) return null;
  return (
    <>
      <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-quiet">{i18n._("Saved views")}</h2>
      <ul className="space-y-px" aria-label={i18n._("Saved views")}>
        {views.map((saved) => (
          <li key={saved.id} className="group/saved flex items-center">
            <SavedLink saved={saved} {...(onChosen && { onChosen })} />
            {(saved.owner_id === me.agent.id || isAdmin(me.role)) && (
              <Actions saved={saved} onChange={() => setChanging(saved)} />
            )}
          </li>
        ))}
      </ul>
      {changing !== undefined && (
        <Suspense>
          <SaveView
            view={viewOf(changing)}
            filters={filtersOf(changing.filters)}
            saved={changing}
            onClose={() => setChanging(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

function SavedLink({ saved, onChosen }: { saved: SavedView; onChosen?: () => void }) {
  const { view } = useParams({ strict: false });
  const here = filtersOf(useSearch({ strict: false }) as InboxSearch);
  const wanted = filtersOf(saved.filters);
  const isHere = view === viewOf(saved) && JSON.stringify(here) === JSON.stringify(wanted);
  return (
    <Link
      to="/inbox/$view"
      params={{ view: viewOf(saved) }}
      search={wanted}
      preload={false}
      activeProps={{}}
      aria-current={isHere ? "page" : undefined}
      onClick={onChosen}
      className={cx(
        "flex h-8 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 text-[0.8125rem]",
        isHere ? "bg-chosen font-semibold text-accent-ink" : "font-medium hover:bg-hover",
      )}
    >
      <Bookmark size={16} aria-hidden="true" className="shrink-0 text-quiet" />
      <span className="min-w-0 flex-1 truncate">{saved.name}</span>
      {saved.shared && (
        <span title={i18n._("Shared with everybody")}>
          <Users size={13} className="text-quiet" aria-label={i18n._("Shared with everybody")} />
        </span>
      )}
    </Link>
  );
}

function Actions({ saved, onChange }: { saved: SavedView; onChange: () => void }) {
  const client = useQueryClient();
  const { view } = useParams({ strict: false });
  const here = filtersOf(useSearch({ strict: false }) as InboxSearch);
  const path = { params: { path: { view_id: saved.id } } };
  const run = (write: Promise<unknown>, done: string) => {
    write.then(
      async () => {
        await client.invalidateQueries(savedViewsQuery);
        say(done);
      },
      (error: Error) => say(failureText(error), { tone: "bad" }),
    );
  };
  const patch = (change: object) =>
    body(api.PATCH("/v1/saved-views/{view_id}", { ...path, body: change as never }));
  const remove = () => {
    const again = { name: saved.name, filters: saved.filters, shared: saved.shared };
    body(api.DELETE("/v1/saved-views/{view_id}", path)).then(
      async () => {
        await client.invalidateQueries(savedViewsQuery);
        say(i18n._("View deleted: {name}", { name: saved.name }), {
          undo: () =>
            run(body(api.POST("/v1/saved-views", { body: again as never })), i18n._("View restored.")),
        });
      },
      (error: Error) => say(failureText(error), { tone: "bad" }),
    );
  };
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={i18n._("Actions for {name}", { name: saved.name })}
          icon={<Ellipsis size={14} />}
          className="size-7"
        />
      }
    >
      <MenuItem icon={<PencilLine size={15} />} onClick={onChange}>
        {i18n._("Rename or share…")}
      </MenuItem>
      {isView(view) && (
        <MenuItem
          icon={<RefreshCw size={15} />}
          onClick={() =>
            run(patch({ filters: { view, ...here } }), i18n._("View changed: {name}", { name: saved.name }))
          }
        >
          {i18n._("Set to the current filters")}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<Trash2 size={15} />} danger onClick={remove}>
        {i18n._("Delete")}
      </MenuItem>
    </Menu>
  );
}

function viewOf(saved: SavedView) {
  const view = saved.filters["view"];
  return typeof view === "string" && isView(view) ? view : "all";
}
