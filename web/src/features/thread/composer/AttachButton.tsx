import { i18n } from "@lingui/core";
import { Paperclip } from "lucide-react";
import { useRef } from "react";

import { IconButton } from "@/ui/IconButton";
import { fileSize } from "@/ui/numbers";

import { MOST_FILES } from "./attached";

/** Chooses files; says what fits before somebody has chosen. */
export function AttachButton({
  mostBytes,
  onChosen,
}: {
  mostBytes: number;
  onChosen: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-attach
        onChange={(event) => {
          onChosen([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
      <IconButton
        label={i18n._("Attach files: up to {most}, {size} each", {
          most: MOST_FILES,
          size: fileSize(mostBytes),
        })}
        icon={<Paperclip size={16} />}
        onClick={() => input.current?.click()}
      />
    </>
  );
}
