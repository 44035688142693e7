import { i18n } from "@lingui/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

import { api, newKey } from "@/api/client";
import { Problem } from "@/api/problem";
import { put } from "@/realtime/store";
import { customerName, undoClaimAloud } from "@/ui/ownership";
import { say } from "@/ui/status";

let isRunning = false;

/** Claims the conversation that has waited longest of those one may claim, and opens it. */
export function useClaimNext(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    if (isRunning) return;
    isRunning = true;
    claimNext()
      .then((id) => {
        if (id === undefined) return undefined;
        return navigate({
          to: "/inbox/$view/$conversationId",
          params: { view: "mine", conversationId: id },
          search: {},
        });
      })
      .catch((error: unknown) => {
        const text =
          error instanceof Problem
            ? error.message
            : i18n._(
                "Not confirmed: the server did not answer. Look at My conversations before you try again.",
              );
        say(text, { tone: "bad", isAlert: true });
      })
      .finally(() => {
        isRunning = false;
      });
  }, [navigate]);
}

async function claimNext(): Promise<string | undefined> {
  const { data, response } = await api.POST("/v1/conversations/claim-next", {
    params: { header: { "Idempotency-Key": newKey() } },
    body: { skip: [] },
  });
  if (response.status === 204 || data === undefined) {
    say(i18n._("Nothing waits that you could claim."));
    return undefined;
  }
  put(data);
  say(i18n._("Claimed. {name} is yours.", { name: customerName(data) }), {
    tone: "good",
    undo: () => void undoClaimAloud(data.id),
  });
  return data.id;
}
