import { i18n } from "@lingui/core";
import { CircleAlert, LoaderCircle, Paperclip, X } from "lucide-react";

import { cx } from "@/ui/cx";
import { plainName } from "@/ui/fileNames";
import { IconButton } from "@/ui/IconButton";
import { fileSize } from "@/ui/numbers";

import { attached, detach, percentOf, type Attached } from "./attached";
import { useKeyed } from "./keyed";

/** What goes along with the message: how far each file is, and how to leave it out. */
export function AttachedList({
  conversationId,
  onRemoved,
}: {
  conversationId: string;
  onRemoved: () => void;
}) {
  const files = useKeyed(attached, conversationId);
  if (files === undefined) return null;
  const remove = (key: string) => {
    detach(conversationId, key);
    onRemoved();
  };
  const ready = files.filter(({ file }) => file !== undefined).length;
  return (
    <>
      <p role="status" className="sr-only">
        {ready > 0 &&
          i18n._("{count, plural, one {# file is attached} other {# files are attached}}", { count: ready })}
      </p>
      <ul aria-label={i18n._("Files to send")} className="flex flex-wrap gap-1.5 px-2 pb-2">
        {files.map((each) => (
          <Item key={each.key} attached={each} onRemove={() => remove(each.key)} />
        ))}
      </ul>
    </>
  );
}

function Item({ attached: each, onRemove }: { attached: Attached; onRemove: () => void }) {
  const name = plainName(each.name);
  const isReady = each.file !== undefined;
  const Icon = each.why !== undefined ? CircleAlert : isReady ? Paperclip : LoaderCircle;
  return (
    <li
      className={cx(
        "flex max-w-full items-center gap-2 rounded-lg border bg-surface py-1 pr-1 pl-2 text-[0.8125rem]",
        each.why === undefined ? "border-line" : "border-bad",
      )}
    >
      <Icon
        size={14}
        aria-hidden="true"
        className={cx(
          "shrink-0",
          each.why === undefined ? "text-quiet" : "text-bad",
          Icon === LoaderCircle && "animate-spin",
        )}
      />
      <span className="min-w-0">
        <bdi className="block max-w-56 truncate" title={name}>
          {name}
        </bdi>
        {each.why !== undefined ? (
          <span role="alert" className="block text-xs font-medium text-bad">
            {each.why}
          </span>
        ) : (
          <span className="block text-xs text-quiet">
            {isReady ? fileSize(each.size) : <Progress attached={each} name={name} />}
          </span>
        )}
      </span>
      <IconButton
        label={i18n._("Remove {name}", { name })}
        icon={<X size={13} />}
        className="size-6"
        onClick={onRemove}
      />
    </li>
  );
}

function Progress({ attached: each, name }: { attached: Attached; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <progress
        value={each.progress}
        max={1}
        aria-label={i18n._("Uploading {name}", { name })}
        className="h-1.5 w-20 overflow-hidden rounded-full accent-accent"
      />
      <span className="tabular-nums">{percentOf(each)}</span>
    </span>
  );
}
