import { useQuery, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";

import { api, body } from "@/api/client";
import { agentsQuery, cannedRepliesQuery } from "@/api/queries";
import { Ago } from "@/ui/Ago";
import { IconButton } from "@/ui/IconButton";
import { say } from "@/ui/status";

import { Confirm } from "@/ui/Confirm";
import { useIsAdmin, useMe } from "../queries";
import type { CannedReply } from "./cannedReply";
import { CannedReplyDialog } from "./CannedReplyDialog";

/** A canned reply with how it is typed, what it says and who wrote it. */
export function CannedReplyItem({ reply }: { reply: CannedReply }) {
  const me = useMe();
  const isAdmin = useIsAdmin();
  const client = useQueryClient();
  const { data: agents = [] } = useQuery(agentsQuery);
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const { title } = reply;
  const author = agents.find((agent) => agent.id === reply.author_id)?.name;
  const isMine = reply.author_id === me.agent.id;
  const remove = async () => {
    await body(api.DELETE("/v1/canned-replies/{reply_id}", { params: { path: { reply_id: reply.id } } }));
    say(i18n._("{title} is deleted", { title }));
    await client.invalidateQueries({ queryKey: cannedRepliesQuery.queryKey });
  };
  return (
    <li className="flex items-start gap-2 py-3.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{title}</span>
          {reply.shortcut !== null && (
            <code className="rounded bg-free-soft px-1.5 py-0.5 font-mono text-xs text-free">
              /{reply.shortcut}
            </code>
          )}
        </p>
        <p className="mt-0.5 line-clamp-2 text-[0.8125rem] whitespace-pre-line text-quiet">{reply.text}</p>
        <p className="mt-1 text-xs text-quiet">
          {author !== undefined && `${author} · `}
          <Ago at={reply.updated_at} />
        </p>
      </div>
      {(isMine || isAdmin) && (
        <div className="flex">
          <IconButton
            label={i18n._("Edit {title}", { title })}
            icon={<Pencil size={15} />}
            onClick={() => setEditing(true)}
          />
          <IconButton
            label={i18n._("Delete {title}", { title })}
            icon={<Trash2 size={15} />}
            onClick={() => setDeleting(true)}
          />
        </div>
      )}
      {isEditing && <CannedReplyDialog reply={reply} onClose={() => setEditing(false)} />}
      <Confirm
        open={isDeleting}
        onClose={() => setDeleting(false)}
        title={i18n._("Delete {title}?", { title })}
        text={i18n._("Nobody can insert it any more. Messages that were sent with it stay.")}
        action={i18n._("Delete")}
        onConfirm={remove}
      />
    </li>
  );
}
