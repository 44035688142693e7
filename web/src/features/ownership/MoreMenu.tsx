import { i18n } from "@lingui/core";
import { Ellipsis } from "lucide-react";

import { IconButton } from "@/ui/IconButton";
import { Menu, MenuItem } from "@/ui/Menu";

import { canDo, type Acts } from "./useActs";

/** Everything that can be done with the conversation now. */
export function MoreMenu({ acts }: { acts: Acts }) {
  return (
    <Menu
      align="end"
      trigger={<IconButton label={i18n._("More actions")} icon={<Ellipsis size={16} aria-hidden="true" />} />}
    >
      {canDo(acts).map((act) => (
        <MenuItem
          key={act.id}
          icon={act.icon}
          action={act.id}
          danger={act.id === "force-release"}
          onClick={act.run}
        >
          {act.label}
        </MenuItem>
      ))}
    </Menu>
  );
}
