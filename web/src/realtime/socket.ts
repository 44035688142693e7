/** The one socket: resumes from the state's cursor, reconnects by itself, tells the store how it stands. */
import type { LiveFrame, PresenceState } from "./frames";
import { getState, receive, subscribe, update } from "./store";

/** The server pings more often than this; longer silence means that the connection is gone. */
const SILENCE_MS = 4_800;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Signed out: another try cannot help. After another role (4403) it does. */
const SIGNED_OUT = 4401;

let socket: WebSocket | null = null;
let silence: ReturnType<typeof setTimeout> | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let pause = FIRST_PAUSE_MS;
let isWanted = false;
let onSignedOut: () => void = () => undefined;
const here = new Map<string, PresenceState>();

/** Connects as soon as a list has said from where. `signedOut` is called when the session no longer holds. */
export function connect(signedOut: () => void): () => void {
  isWanted = true;
  onSignedOut = signedOut;
  const stopWaiting = subscribe(() => {
    if (socket === null && retry === undefined && getState().cursor !== null) open();
  });
  if (getState().cursor !== null) open();
  window.addEventListener("online", reconnect);
  window.addEventListener("offline", cut);
  return () => {
    stopWaiting();
    window.removeEventListener("online", reconnect);
    window.removeEventListener("offline", cut);
    isWanted = false;
    clearTimeout(retry);
    retry = undefined;
    close();
  };
}

/** Says what we do at a conversation: told again after a reconnect. */
export function showPresence(conversationId: string, state: PresenceState): void {
  if (state === "left") here.delete(conversationId);
  else here.set(conversationId, state);
  say({ type: "presence", conversation_id: conversationId, state });
}

function open(): void {
  if (!isWanted || socket !== null) return;
  clearTimeout(retry);
  retry = undefined;
  const made = new WebSocket(`${location.origin.replace(/^http/, "ws")}/v1/live`);
  socket = made;
  listenForSilence();
  made.addEventListener("open", () => {
    if (made !== socket) return;
    heard();
    say({ type: "resume", after: getState().cursor });
    for (const [conversation_id, state] of here) say({ type: "presence", conversation_id, state });
  });
  made.addEventListener("message", ({ data }: MessageEvent<string>) => {
    if (made !== socket) return;
    heard();
    const frames = JSON.parse(data) as LiveFrame | LiveFrame[];
    receive(Array.isArray(frames) ? frames : [frames]);
  });
  made.addEventListener("close", ({ code }) => {
    if (made !== socket) return;
    if (code === SIGNED_OUT) onSignedOut();
    lost();
  });
}

function heard(): void {
  pause = FIRST_PAUSE_MS;
  listenForSilence();
  if (getState().connection.state !== "live") {
    update((state) => ({ ...state, connection: { state: "live" } }));
  }
}

function listenForSilence(): void {
  clearTimeout(silence);
  silence = setTimeout(lost, SILENCE_MS);
}

/** The connection is gone, or as good as gone: says so, and tries again. */
function lost(): void {
  close();
  update((state) => ({
    ...state,
    presence: new Map(),
    connection: state.connection.state === "lost" ? state.connection : { state: "lost", since: Date.now() },
  }));
  if (!isWanted || retry !== undefined) return;
  // Spread out, so that a restarted server is not met by everybody at once.
  retry = setTimeout(reconnect, pause * (0.5 + Math.random()));
  pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
}

function reconnect(): void {
  clearTimeout(retry);
  retry = undefined;
  if (getState().cursor !== null) open();
}

/** The browser says that there is no network. */
function cut(): void {
  if (socket !== null) lost();
}

function close(): void {
  clearTimeout(silence);
  const closing = socket;
  socket = null;
  closing?.close();
}

function say(frame: object): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}
