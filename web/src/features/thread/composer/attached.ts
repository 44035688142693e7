/** Files that stand ready to go with the next message, per conversation: uploaded as soon as they are chosen. */
import { i18n } from "@lingui/core";

import { newKey } from "@/api/client";
import { Problem } from "@/api/problem";
import type { Attachment } from "@/api/types";
import { upload } from "@/api/upload";
import { fileSize, number } from "@/ui/numbers";
import { say } from "@/ui/status";

import { keyed } from "./keyed";

export interface Attached {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** The part that is on the server, 0 to 1. */
  readonly progress: number;
  /** Once the server has it. */
  readonly file?: Attachment;
  /** Why it cannot go along. */
  readonly why?: string;
}

/** As the server: more are refused. */
export const MOST_FILES = 10;

export const attached = keyed<readonly Attached[]>();
const running = new Map<string, () => void>();
const none: readonly Attached[] = [];

export function attachedOf(id: string): readonly Attached[] {
  return attached.get(id) ?? none;
}

/** Takes files in as far as the limits allow; what does not fit is said, and not sent anywhere. */
export function attach(id: string, files: readonly File[], mostBytes: number): void {
  const room = MOST_FILES - attachedOf(id).length;
  if (files.length > room) {
    say(
      i18n._("A message takes {most} files: only the first {room} were added.", {
        most: MOST_FILES,
        room: Math.max(room, 0),
      }),
      {
        tone: "bad",
      },
    );
  }
  for (const file of files.slice(0, Math.max(room, 0))) {
    const entry: Attached = { key: newKey(), name: file.name, size: file.size, progress: 0 };
    const why = unfit(file, mostBytes);
    set(id, [...attachedOf(id), why === undefined ? entry : { ...entry, why }]);
    if (why === undefined) void send(id, entry.key, file);
  }
}

/** Takes one away, whether it is here already or on its way. */
export function detach(id: string, key: string): void {
  running.get(key)?.();
  set(
    id,
    attachedOf(id).filter((each) => each.key !== key),
  );
}

/** Takes away all of them: they go with the message. */
export function takeFiles(id: string): readonly Attachment[] {
  const files = attachedOf(id).flatMap(({ file }) => (file === undefined ? [] : [file]));
  set(id, []);
  return files;
}

/** Puts files back that did not go. */
export function putFiles(id: string, files: readonly Attachment[]): void {
  const here = new Set(attachedOf(id).map(({ file }) => file?.id));
  const back = files
    .filter((file) => !here.has(file.id))
    .map((file) => ({ key: newKey(), name: file.name, size: file.size, progress: 1, file }));
  if (back.length > 0) set(id, [...back, ...attachedOf(id)]);
}

/** Why a message cannot go yet, or as it is. */
export function fileTrouble(files: readonly Attached[]): string | undefined {
  if (files.some(({ why }) => why !== undefined)) return i18n._("Remove the files that cannot be sent.");
  const missing = files.filter(({ file }) => file === undefined).length;
  if (missing === 0) return undefined;
  return i18n._("{count, plural, one {A file is} other {# files are}} still on the way.", { count: missing });
}

function unfit(file: File, mostBytes: number): string | undefined {
  if (file.size === 0) return i18n._("This file is empty.");
  if (file.size <= mostBytes) return undefined;
  return i18n._("Too large: {size} of at most {most}.", {
    size: fileSize(file.size),
    most: fileSize(mostBytes),
  });
}

async function send(id: string, key: string, file: File): Promise<void> {
  const { done, cancel } = upload(file, (progress) => change(id, key, { progress }));
  running.set(key, cancel);
  try {
    const stored = await done;
    change(id, key, { file: stored, progress: 1 });
  } catch (error) {
    const why =
      error instanceof Problem ? error.message : i18n._("It did not arrive: remove it and try again.");
    change(id, key, { why });
  } finally {
    running.delete(key);
  }
}

function change(id: string, key: string, changes: Partial<Attached>): void {
  const all = attachedOf(id);
  if (!all.some((each) => each.key === key)) return;
  set(
    id,
    all.map((each) => (each.key === key ? { ...each, ...changes } : each)),
  );
}

function set(id: string, files: readonly Attached[]): void {
  attached.set(id, files.length === 0 ? undefined : files);
}

/** How far an upload is, for people. */
export function percentOf({ progress }: Attached): string {
  return number(progress, { style: "percent", maximumFractionDigits: 0 });
}
