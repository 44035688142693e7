import { CircleAlert } from "lucide-react";

/** A sentence about what went wrong; nothing while all is well. Always there, so that it is spoken when it appears. */
export function Trouble({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text !== undefined && (
        <p className="flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-[0.8125rem] font-medium text-bad">
          <CircleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
          {text}
        </p>
      )}
    </div>
  );
}
