/** The wire's shapes by the names that the app uses; all of them come from the server's OpenAPI document. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Agent = Schemas["Agent"];
export type Article = Schemas["Article"];
export type Attachment = Schemas["Attachment"];
export type Channel = Schemas["ConnectedChannel"];
export type Contact = Schemas["Contact"];
export type Conversation = Schemas["Conversation"];
export type Draft = Schemas["Draft"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type Me = Schemas["Me"];
export type Message = Schemas["Message"];
/** An agent by id and name. */
export type Named = Schemas["AgentName"];
export type Notification = Schemas["Notification"];
export type Pool = Schemas["Pool"];
export type Preferences = Schemas["Preferences"];
/** An agent, their load, and whether they could claim a conversation. */
export type Prospect = Schemas["Prospect"];
export type SavedView = Schemas["SavedView"];
export type TakeoverRequest = Schemas["TakeoverRequest"];
export type WorkspaceSettings = Schemas["WorkspaceSettings"];
export type Role = Me["role"];
