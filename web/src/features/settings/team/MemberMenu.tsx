import { i18n } from "@lingui/core";
import { Ellipsis, KeyRound, Pencil, Trash2, UserCheck, UserX } from "lucide-react";
import { useState } from "react";

import type { Agent } from "@/api/types";
import { IconButton } from "@/ui/IconButton";
import { Menu, MenuItem, MenuLine } from "@/ui/Menu";
import { say } from "@/ui/status";

import { Confirm } from "@/ui/Confirm";
import { mayManage } from "../parts/roles";
import { sentence, useMe } from "../queries";
import { useChangeMember, useRemoveMember } from "./members";
import { ResetLinkDialog } from "./ResetLinkDialog";

/** What can be done about a member. What only an owner may do says so. */
export function MemberMenu({
  agent,
  held,
  onEdit,
}: {
  agent: Agent;
  held: number | undefined;
  onEdit: () => void;
}) {
  const me = useMe();
  const change = useChangeMember(agent);
  const remove = useRemoveMember(agent);
  const [asked, setAsked] = useState<"deactivate" | "remove" | "reset" | null>(null);
  const close = () => setAsked(null);
  const isAllowed = mayManage(me.role, agent.role, agent.id === me.agent.id);
  const why = isAllowed ? {} : { hint: i18n._("Only an owner manages admins") };
  const { name } = agent;
  const reactivate = () =>
    change.mutate(
      { active: true },
      {
        onSuccess: () => say(i18n._("{name} is active again", { name }), { tone: "good" }),
        onError: (error) =>
          say(sentence(error) ?? i18n._("Not changed: the server could not be reached."), { tone: "bad" }),
      },
    );
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={i18n._("Actions for {name}", { name })} icon={<Ellipsis size={16} />} />}
      >
        <MenuItem icon={<Pencil size={15} />} onClick={onEdit}>
          {i18n._("Edit…")}
        </MenuItem>
        <MenuItem
          icon={<KeyRound size={15} />}
          disabled={!isAllowed || !agent.active}
          onClick={() => setAsked("reset")}
        >
          {i18n._("Password reset link…")}
        </MenuItem>
        <MenuLine />
        {agent.active ? (
          <MenuItem
            icon={<UserX size={15} />}
            disabled={!isAllowed}
            {...why}
            onClick={() => setAsked("deactivate")}
          >
            {i18n._("Deactivate…")}
          </MenuItem>
        ) : (
          <MenuItem icon={<UserCheck size={15} />} disabled={!isAllowed} {...why} onClick={reactivate}>
            {i18n._("Reactivate")}
          </MenuItem>
        )}
        <MenuItem danger icon={<Trash2 size={15} />} disabled={!isAllowed} onClick={() => setAsked("remove")}>
          {i18n._("Remove…")}
        </MenuItem>
      </Menu>
      <Confirm
        open={asked === "deactivate"}
        onClose={close}
        title={i18n._("Deactivate {name}?", { name })}
        text={<Consequences held={held} isForGood={false} />}
        action={i18n._("Deactivate")}
        onConfirm={async () => {
          await change.mutateAsync({ active: false });
          say(i18n._("{name} is deactivated", { name }));
        }}
      />
      <Confirm
        open={asked === "remove"}
        onClose={close}
        title={i18n._("Remove {name}?", { name })}
        text={<Consequences held={held} isForGood />}
        action={i18n._("Remove")}
        onConfirm={async () => {
          await remove.mutateAsync();
          say(i18n._("{name} is removed", { name }));
        }}
      />
      {asked === "reset" && <ResetLinkDialog agent={agent} onClose={close} />}
    </>
  );
}

function Consequences({ held, isForGood }: { held: number | undefined; isForGood: boolean }) {
  return (
    <>
      <p>
        {held === undefined
          ? i18n._("Everything they hold is released and goes back to Unclaimed.")
          : i18n._(
              "{held, plural, =0 {They hold nothing now.} one {The conversation that they hold is released and goes back to Unclaimed.} other {All # conversations that they hold are released and go back to Unclaimed.}}",
              { held },
            )}
      </p>
      <p>{i18n._("Their sessions and API keys end at once.")}</p>
      <p>
        {isForGood
          ? i18n._(
              "They disappear from the list; what they did keeps their name. An invitation brings them back.",
            )
          : i18n._("You can reactivate them at any time.")}
      </p>
    </>
  );
}
