import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { AlarmClock, CheckCircle2, ChevronDown, Hand, Tag, Undo2, UserRoundPen } from "lucide-react";

import { settingsQuery } from "@/api/queries";
import { Button } from "@/ui/Button";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";

import type { BulkAction } from "./bulk";
import { heldQuery } from "./held";
import { MOST_CLAIMS } from "./selection";

/** What can be done to all that is selected, Claim first. */
export function BulkMenu({
  count,
  isRunning,
  onChosen,
}: {
  count: number;
  isRunning: boolean;
  onChosen: (action: BulkAction) => void;
}) {
  return (
    <Menu
      align="end"
      trigger={
        <Button small look="primary" disabled={isRunning}>
          {isRunning ? i18n._("Working…") : i18n._("Bulk Actions")}
          <ChevronDown size={13} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem
        icon={<Hand size={15} />}
        disabled={count > MOST_CLAIMS}
        hint={useClaimHint(count)}
        onClick={() => onChosen("claim")}
      >
        {i18n._("Claim")}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Undo2 size={15} />} onClick={() => onChosen("release")}>
        {i18n._("Release…")}
      </MenuItem>
      <MenuItem icon={<UserRoundPen size={15} />} onClick={() => onChosen("reassign")}>
        {i18n._("Reassign…")}
      </MenuItem>
      <MenuItem icon={<CheckCircle2 size={15} />} onClick={() => onChosen("resolve")}>
        {i18n._("Resolve…")}
      </MenuItem>
      <MenuItem icon={<AlarmClock size={15} />} onClick={() => onChosen("snooze")}>
        {i18n._("Snooze…")}
      </MenuItem>
      <MenuItem icon={<Tag size={15} />} onClick={() => onChosen("tag")}>
        {i18n._("Tag…")}
      </MenuItem>
    </Menu>
  );
}

/** How many can be claimed, before the click. */
function useClaimHint(count: number): string {
  const room = useRoom();
  if (count > MOST_CLAIMS)
    return i18n._("At most {most} at once; {count} are selected.", { most: MOST_CLAIMS, count });
  const leave = i18n._("Leave some for your teammates.");
  if (room === undefined) return leave;
  return `${i18n._("You have room for {room}.", { room })} ${leave}`;
}

/** How many more conversations may be mine; undefined until it is known. */
export function useRoom(): number | undefined {
  const { data: held } = useQuery(heldQuery);
  const { data: settings } = useQuery(settingsQuery);
  if (held === undefined || settings === undefined) return undefined;
  return Math.max(0, settings.max_claims_per_agent - held);
}
