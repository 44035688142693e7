import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { connect } from "./socket";
import { forget, update } from "./store";

/** Sockets as a page opens them, the other side in the test's hands. */
class Socket extends EventTarget {
  static readonly OPEN = 1;
  static all: Socket[] = [];
  readyState = 1;
  sent: unknown[] = [];
  constructor() {
    super();
    Socket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  opens() {
    this.dispatchEvent(new Event("open"));
  }
  closes(code: number) {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

const signedOut = vi.fn();
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  Socket.all = [];
  stop = connect(signedOut.mockClear());
});
afterEach(() => {
  stop();
  forget();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(): Socket {
  update((state) => ({ ...state, cursor: 7 }));
  const [socket] = Socket.all;
  if (socket === undefined) throw new Error("no socket was opened");
  socket.opens();
  return socket;
}

test("nothing is connected before a list has said from where, then it resumes from there", () => {
  expect(Socket.all).toEqual([]);
  expect(opened().sent).toEqual([{ type: "resume", after: 7 }]);
});

test("who is signed out is told so", () => {
  opened().closes(4401);
  expect(signedOut).toHaveBeenCalledOnce();
});

test.each([4403, 4408, 1006, 1012, 1013])(
  "after %s it comes again, and nobody has to sign in",
  async (code) => {
    opened().closes(code);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(signedOut).not.toHaveBeenCalled();
    Socket.all[1]?.opens();
    expect(Socket.all[1]?.sent).toEqual([{ type: "resume", after: 7 }]);
  },
);
