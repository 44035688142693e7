import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { Ban, Download, Ellipsis, Eraser, MessageSquarePlus, ShieldCheck } from "lucide-react";
import { Suspense, useState } from "react";

import type { Contact, Me } from "@/api/types";
import { IconButton } from "@/ui/IconButton";
import { lazily } from "@/ui/lazily";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { say } from "@/ui/status";

import { block, contactQuery, save } from "./contact";
import { attempt } from "./edit";

const EraseDialog = lazily(async () => ({ default: (await import("./EraseDialog")).EraseDialog }));
const OutboundDialog = lazily(async () => ({ default: (await import("./OutboundDialog")).OutboundDialog }));

/** What can be done with the customer, beside changing who they are. */
export function ContactMenu({ contact, me }: { contact: Contact; me: Me }) {
  const client = useQueryClient();
  const [dialog, setDialog] = useState<"erase" | "outbound">();
  const { id, blocked } = contact;
  const name = contact.name ?? i18n._("Unnamed customer");
  const isAdmin = me.role === "admin" || me.role === "owner";
  const toggle = async (isBlocked: boolean) => {
    const refused = await attempt(async () => {
      client.setQueryData(contactQuery(id).queryKey, await block(id, isBlocked));
    });
    if (refused !== undefined) return say(refused, { tone: "bad" });
    say(isBlocked ? i18n._("{name} is blocked.", { name }) : i18n._("{name} can write again.", { name }), {
      tone: "good",
      undo: () => void toggle(!isBlocked),
    });
  };
  const exportAll = async () => {
    const refused = await attempt(() => save(id));
    if (refused === undefined) say(i18n._("Everything that is known of {name} is being saved.", { name }));
    else say(refused, { tone: "bad" });
  };
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={i18n._("More about the customer")} icon={<Ellipsis size={16} />} />}
      >
        <MenuItem
          icon={<MessageSquarePlus size={15} />}
          disabled={blocked}
          onClick={() => setDialog("outbound")}
        >
          {i18n._("New conversation…")}
        </MenuItem>
        {blocked ? (
          <MenuItem icon={<ShieldCheck size={15} />} onClick={() => void toggle(false)}>
            {i18n._("Unblock")}
          </MenuItem>
        ) : (
          <MenuItem
            icon={<Ban size={15} />}
            hint={i18n._("What they write is kept apart and tells nobody.")}
            onClick={() => void toggle(true)}
          >
            {i18n._("Block")}
          </MenuItem>
        )}
        {isAdmin && (
          <>
            <MenuLine />
            <MenuItem icon={<Download size={15} />} onClick={() => void exportAll()}>
              {i18n._("Export")}
            </MenuItem>
            <MenuItem icon={<Eraser size={15} />} danger onClick={() => setDialog("erase")}>
              {i18n._("Erase for good…")}
            </MenuItem>
          </>
        )}
      </Menu>
      <Suspense>
        {dialog === "erase" && <EraseDialog contact={contact} close={() => setDialog(undefined)} />}
        {dialog === "outbound" && <OutboundDialog contact={contact} close={() => setDialog(undefined)} />}
      </Suspense>
    </>
  );
}
