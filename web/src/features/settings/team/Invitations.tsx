import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { Mail } from "lucide-react";

import { api, body } from "@/api/client";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { say } from "@/ui/status";
import { moment, useNow } from "@/ui/time";

import { Card, Rows } from "../parts/Card";
import { roleName } from "../parts/roles";
import { invitationsQuery, sentence } from "../queries";

/** Invitations that nobody has accepted yet; nothing when there are none. */
export function Invitations() {
  const client = useQueryClient();
  const now = useNow();
  const { data: invitations } = useSuspenseQuery(invitationsQuery);
  const revoke = useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE("/v1/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })),
    onSuccess: ({ email }) => say(i18n._("The invitation of {email} is taken back", { email })),
    onSettled: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  if (invitations.length === 0) return null;
  return (
    <Card
      title={i18n._("Invitations")}
      intro={i18n._("Not accepted yet. A lost link cannot be shown again: take it back and invite anew.")}
    >
      <Rows>
        {invitations.map((invitation) => {
          const isOver = Date.parse(invitation.expires_at) <= now;
          const { email } = invitation;
          return (
            <div key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <Mail size={17} aria-hidden="true" className="shrink-0 text-quiet" />
              <div className="min-w-0 flex-1 basis-52">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="font-medium break-all">{email}</span>
                  <Badge>{roleName(invitation.role)}</Badge>
                  {isOver && <Badge tone="warn">{i18n._("Expired")}</Badge>}
                </p>
                <p className="text-[0.8125rem] text-quiet">
                  {isOver
                    ? i18n._("Expired on {when}", { when: moment(invitation.expires_at) })
                    : i18n._("Works until {when}", { when: moment(invitation.expires_at) })}
                </p>
              </div>
              <Button
                small
                aria-label={i18n._("Take back the invitation of {email}", { email })}
                disabled={revoke.isPending && revoke.variables === invitation.id}
                onClick={() => revoke.mutate(invitation.id)}
              >
                {i18n._("Take back")}
              </Button>
            </div>
          );
        })}
      </Rows>
      {revoke.error && <p className="text-xs font-medium text-bad">{sentence(revoke.error)}</p>}
    </Card>
  );
}
