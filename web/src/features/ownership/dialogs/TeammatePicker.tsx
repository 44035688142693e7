import { Autocomplete } from "@base-ui/react/autocomplete";
import { i18n } from "@lingui/core";
import { Search } from "lucide-react";
import { useState } from "react";

import type { Prospect } from "@/api/types";
import { Avatar } from "@/ui/Avatar";
import { Button } from "@/ui/Button";
import { Bar, Late } from "@/ui/Skeleton";

import { obstacleText } from "../obstacles";
import { teammates, type Teammate } from "../teammates";
import { availabilityText } from "../words";
import { takeFocus } from "./takeFocus";

/** Search, load and eligibility of every teammate; arrows move, Enter chooses. */
export function TeammatePicker({
  prospects,
  holderId,
  isAdmin,
  onChoose,
}: {
  prospects: readonly Prospect[] | undefined;
  holderId: string | undefined;
  isAdmin: boolean;
  onChoose: (teammate: Teammate) => void;
}) {
  const [typed, setTyped] = useState("");
  if (prospects === undefined) {
    return (
      <Late>
        <Bar className="h-9" />
        <Bar className="mt-3 h-28" />
      </Late>
    );
  }
  const found = teammates(prospects, holderId, isAdmin, typed);
  return (
    <Autocomplete.Root
      open
      inline
      autoHighlight="always"
      keepHighlight
      filter={null}
      items={found}
      itemToStringValue={(teammate: Teammate) => teammate.agent.name ?? ""}
      value={typed}
      onValueChange={(value, details) => details.reason !== "item-press" && setTyped(value)}
    >
      <div className="flex items-center gap-2 rounded-lg border border-line-strong bg-surface px-2.5">
        <Search size={15} aria-hidden="true" className="text-quiet" />
        <Autocomplete.Input
          data-first=""
          ref={takeFocus}
          aria-label={i18n._("Search teammates")}
          placeholder={i18n._("Search teammates")}
          className="h-9 min-w-0 flex-1 bg-transparent outline-none"
        />
      </div>
      <Autocomplete.Empty>
        <p className="py-6 text-center text-quiet">{i18n._("Nobody has that name.")}</p>
      </Autocomplete.Empty>
      <Autocomplete.List aria-label={i18n._("Teammates")} className="-mx-2 max-h-72 overflow-y-auto">
        {(teammate: Teammate) => (
          <Autocomplete.Item
            key={teammate.agent.id}
            value={teammate}
            disabled={!teammate.canChoose}
            onClick={() => onChoose(teammate)}
            className="flex min-h-11 scroll-my-1 items-center gap-2.5 rounded-lg px-2 py-1.5 outline-none select-none data-highlighted:bg-hover"
          >
            <TeammateLine teammate={teammate} />
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

/** The one who was chosen, and the way back to the choice. */
export function TeammateChosen({ teammate, onChange }: { teammate: Teammate; onChange: () => void }) {
  return (
    <div className="flex items-center gap-2.5 rounded-lg border border-line bg-sunken px-3 py-2">
      <TeammateLine teammate={teammate} />
      <Button small look="quiet" onClick={onChange}>
        {i18n._("Change")}
      </Button>
    </div>
  );
}

function TeammateLine({ teammate }: { teammate: Teammate }) {
  const { agent, held, limit, availability, obstacles, canChoose } = teammate;
  return (
    <>
      <Avatar name={agent.name} className={canChoose ? "" : "opacity-60"} />
      <span className="min-w-0 flex-1">
        <span className={canChoose ? "block truncate font-medium" : "block truncate text-quiet"}>
          {agent.name}
        </span>
        <span className="block truncate text-xs text-quiet">
          {obstacles.length > 0 ? obstacles.map(obstacleText).join(" · ") : availabilityText(availability)}
        </span>
      </span>
      <span className="shrink-0 text-xs text-quiet tabular-nums">
        {i18n._("{held} of {limit}", { held, limit })}
      </span>
    </>
  );
}
