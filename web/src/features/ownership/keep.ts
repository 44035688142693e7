import { i18n } from "@lingui/core";

import { api } from "@/api/client";
import { Problem, Unreachable } from "@/api/problem";
import { say } from "@/ui/status";

/** Says to the server that we are at work: all our claims stay ours. True when it has heard that. */
export async function keepClaims(): Promise<boolean> {
  try {
    await api.POST("/v1/agents/me/heartbeat", { body: { active: true } });
    return true;
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    say(i18n._("The server has not heard that you are here. Your claims are not kept yet."), {
      tone: "bad",
      isAlert: true,
    });
    return false;
  }
}
