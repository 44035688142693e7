import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { LogOut, MonitorSmartphone } from "lucide-react";

import { api, body } from "@/api/client";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { say } from "@/ui/status";
import { moment } from "@/ui/time";

import { Card, Rows } from "../parts/Card";
import { sentence, sessionsQuery } from "../queries";
import { browserName } from "./browserName";

/** Where I am signed in, and how to end that. */
export function SessionsCard() {
  const client = useQueryClient();
  const { data: sessions } = useSuspenseQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) =>
      body(api.DELETE("/v1/sessions/{session_id}", { params: { path: { session_id: id } } })),
    onSuccess: () => say(i18n._("Session ended"), { tone: "good" }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const signOut = useMutation({
    mutationFn: () => body(api.DELETE("/v1/sessions")),
    // A new page: nothing of this person stays in memory.
    onSuccess: () => location.assign("/sign-in"),
  });
  const ordered = sessions.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || (a.id < b.id ? 1 : -1),
  );
  return (
    <Card
      title={i18n._("Sessions")}
      intro={i18n._(
        "Browsers in which you are signed in. End those that you do not know, then change your password.",
      )}
    >
      <Rows>
        {ordered.map((session) => {
          const name = browserName(session.user_agent) ?? i18n._("Unknown browser");
          return (
            <div key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <MonitorSmartphone size={18} aria-hidden="true" className="shrink-0 text-quiet" />
              <div className="min-w-0 flex-1 basis-52">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {name}
                  {session.current && <Badge tone="mine">{i18n._("This one")}</Badge>}
                </p>
                <p className="text-[0.8125rem] text-quiet">
                  {i18n._("Since {when}", { when: moment(session.created_at) })}
                  {session.ip !== null && ` · ${session.ip}`}
                </p>
              </div>
              {session.current ? (
                <Button small icon={<LogOut size={14} />} onClick={() => signOut.mutate()}>
                  {i18n._("Sign out")}
                </Button>
              ) : (
                <Button
                  small
                  disabled={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                  aria-label={i18n._("End the session in {name}", { name })}
                >
                  {i18n._("End session")}
                </Button>
              )}
            </div>
          );
        })}
      </Rows>
      {end.error && <p className="text-xs font-medium text-bad">{sentence(end.error)}</p>}
    </Card>
  );
}
