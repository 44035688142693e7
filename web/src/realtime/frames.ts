/** What the live socket says. The shapes come from the server's catalogue of events. */
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type LiveEvent = Schemas["LiveEvent"];
export type LiveFrame = Schemas["LiveFrame"];
export type TypingFrame = Schemas["TypingFrame"];
export type PresenceFrame = Schemas["PresenceFrame"];
export type PresenceState = PresenceFrame["state"];
