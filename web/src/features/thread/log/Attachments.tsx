import { i18n } from "@lingui/core";
import { Download, FileText, FileWarning, Image as ImageIcon } from "lucide-react";
import { useState } from "react";

import type { Attachment } from "@/api/types";
import { plainName } from "@/ui/fileNames";
import { fileSize } from "@/ui/numbers";

/** Shown where they are; everything else is a name to be saved, never opened by itself. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const SOUNDS = /^audio\//;
const WIDEST = 288;

/** Where a file's content is, for whoever may read its conversation. */
export function contentOf({ id }: Pick<Attachment, "id">): string {
  return `/v1/files/${encodeURIComponent(id)}/content`;
}

/** The files that came with a message. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  if (files.length === 0) return null;
  return (
    <ul aria-label={i18n._("Attachments")} className="flex max-w-full flex-col gap-1.5 not-first:mt-1.5">
      {files.map((file) => (
        <li key={file.id} className="max-w-full">
          <One file={file} />
        </li>
      ))}
    </ul>
  );
}

function One({ file }: { file: Attachment }) {
  const [isBroken, setBroken] = useState(false);
  if (PICTURES.has(file.type) && !isBroken) return <Picture file={file} onBroken={() => setBroken(true)} />;
  return (
    <>
      {SOUNDS.test(file.type) && (
        // What a customer says has no captions.
        // eslint-disable-next-line jsx-a11y/media-has-caption
        <audio
          controls
          preload="none"
          src={contentOf(file)}
          aria-label={plainName(file.name)}
          className="mb-1 h-9 w-72 max-w-full"
        />
      )}
      <FileLink file={file} />
    </>
  );
}

function Picture({ file, onBroken }: { file: Attachment; onBroken: () => void }) {
  const name = plainName(file.name);
  // Its place is kept before it has come: what is being read does not jump.
  const width = Math.min(file.width ?? WIDEST, WIDEST);
  const height = file.width && file.height ? Math.round((width * file.height) / file.width) : undefined;
  return (
    <a
      href={contentOf(file)}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={i18n._("Open the picture {name}", { name })}
      className="block w-fit max-w-full overflow-hidden rounded-lg border border-line bg-sunken"
    >
      <img
        src={contentOf(file)}
        alt=""
        width={width}
        {...(height !== undefined && { height })}
        loading="lazy"
        decoding="async"
        onError={onBroken}
        className="max-h-80 max-w-full object-contain"
      />
    </a>
  );
}

/** A file by name and size; a press saves it. */
export function FileLink({ file }: { file: Attachment }) {
  const name = plainName(file.name);
  const Icon = PICTURES.has(file.type) ? ImageIcon : FileText;
  return (
    <a
      href={contentOf(file)}
      download={name}
      rel="noopener noreferrer"
      className="flex min-h-10 max-w-80 items-center gap-2.5 rounded-lg border border-line bg-surface px-2.5 py-1.5 text-[0.8125rem] text-ink hover:bg-hover"
    >
      <Icon size={17} aria-hidden="true" className="shrink-0 text-quiet" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium" title={name}>
          {name}
        </bdi>
        <span className="block text-xs text-quiet">{fileSize(file.size)}</span>
      </span>
      <Download size={15} aria-hidden="true" className="shrink-0 text-quiet" />
      <span className="sr-only">{i18n._("Download")}</span>
    </a>
  );
}

/** What came along and was not kept, with the reason that the server gives. */
export function Dropped({ files }: { files: readonly string[] | undefined }) {
  if (files === undefined || files.length === 0) return null;
  return (
    <ul aria-label={i18n._("Not kept")} className="mt-1.5 space-y-0.5 text-xs text-warn">
      {files.map((file, index) => (
        <li key={index} className="flex items-start gap-1.5">
          <FileWarning size={13} aria-hidden="true" className="mt-px shrink-0" />
          <bdi className="[overflow-wrap:anywhere]">{plainName(file)}</bdi>
        </li>
      ))}
    </ul>
  );
}
