import { useQuery } from "@tanstack/react-query";
import { useState, type ClipboardEvent, type DragEvent } from "react";

import { meQuery } from "@/api/queries";

import { attach, attached, fileTrouble } from "./attached";
import { useKeyed } from "./keyed";

/** Until the server has said how large a file may be. */
const USUAL_BYTES = 20 * 1024 * 1024;

/** Files in the composer: chosen, pasted or dropped. */
export function useFiles(id: string, isOpen: boolean) {
  const { data: me } = useQuery(meQuery);
  const files = useKeyed(attached, id) ?? [];
  const [isOver, setOver] = useState(false);
  const mostBytes = me?.limits.upload_bytes ?? USUAL_BYTES;
  const add = (more: readonly File[]) => isOpen && attach(id, more, mostBytes);
  const carriesFiles = (event: DragEvent) => isOpen && event.dataTransfer.types.includes("Files");
  return {
    count: files.length,
    trouble: fileTrouble(files),
    mostBytes,
    isOver,
    add,
    onPaste: (event: ClipboardEvent) => {
      const pasted = [...event.clipboardData.files];
      // From a spreadsheet comes a picture beside the text: the text is what is meant.
      if (pasted.length === 0 || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      add(pasted);
    },
    drop: {
      onDragOver: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      },
    },
  };
}
