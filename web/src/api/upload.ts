/** Sending a file: by XMLHttpRequest, since only that tells how far it is. */
import { Problem, problemFrom, Unreachable } from "./problem";
import type { Attachment } from "./types";

export interface Upload {
  readonly done: Promise<Attachment>;
  readonly cancel: () => void;
}

/** Begins to send a file; `onProgress` is told the part that has gone, 0 to 1. */
export function upload(file: File, onProgress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Attachment>((keep, refuse) => {
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    });
    request.addEventListener("load", () => {
      const answer: unknown = request.response;
      if (request.status >= 200 && request.status < 300 && answer !== null) keep(answer as Attachment);
      else refuse(problemFrom(request.status, request.statusText, answer));
    });
    request.addEventListener("error", () => refuse(new Unreachable()));
    request.addEventListener("abort", () => refuse(new Problem(0, "cancelled", "", {})));
    request.open("POST", "/v1/files");
    request.responseType = "json";
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  });
  return { done, cancel: () => request.abort() };
}
