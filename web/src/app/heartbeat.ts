/** Tells the server that somebody is at work here: a focused window with input in the last minute (product 5). */
import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { Agent } from "@/api/types";

const PACE_MS = 60_000;
const INPUTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Beats once a minute while there is work. Returns how to stop. */
export function beat(): () => void {
  // Whoever has just opened the page did something to open it.
  let lastInput = Date.now();
  let lastBeat = 0;
  const tell = () => {
    const now = Date.now();
    if (!document.hasFocus() || now - lastInput > PACE_MS || now - lastBeat < PACE_MS) return;
    lastBeat = now;
    // One that gets lost is followed by another.
    sendHeartbeat({ active: true }).catch(() => undefined);
  };
  const note = () => {
    lastInput = Date.now();
    tell();
  };
  const timer = setInterval(tell, PACE_MS);
  for (const kind of INPUTS) window.addEventListener(kind, note, { passive: true, capture: true });
  tell();
  return () => {
    clearInterval(timer);
    for (const kind of INPUTS) window.removeEventListener(kind, note, { capture: true });
  };
}

export function sendHeartbeat(said: Partial<components["schemas"]["Heartbeat"]>): Promise<Agent> {
  return body(api.POST("/v1/agents/me/heartbeat", { body: { active: true, ...said } }));
}
