import { i18n } from "@lingui/core";
import { ImageOff, Maximize2, Minimize2 } from "lucide-react";
import { useState } from "react";

import type { Message } from "@/api/types";
import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";

/**
 * A mail as it was designed, in a frame of its own. Nothing in it runs, and it cannot reach this page: no script, no form,
 * no origin. So the page cannot measure it either; it has a height, and one that shows more.
 */
export function MailFrame({ message }: { message: Message }) {
  const [areImagesOn, setImagesOn] = useState(false);
  const [isTall, setTall] = useState(false);
  const { conversation_id, id } = message;
  const images = areImagesOn ? "allowed" : "blocked";
  return (
    <div className="w-[34rem] max-w-full">
      <div className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-quiet">
        {!areImagesOn && (message.details.remote_images ?? 0) > 0 && (
          <>
            <span className="inline-flex items-center gap-1">
              <ImageOff size={13} aria-hidden="true" className="shrink-0" />
              {i18n._("Remote images are off.")}
            </span>
            <Button small look="quiet" onClick={() => setImagesOn(true)}>
              {i18n._("Show them")}
            </Button>
          </>
        )}
        <Button
          small
          look="quiet"
          aria-expanded={isTall}
          icon={isTall ? <Minimize2 size={12} /> : <Maximize2 size={12} />}
          onClick={() => setTall(!isTall)}
          className="ml-auto"
        >
          {isTall ? i18n._("Show less") : i18n._("Show more")}
        </Button>
      </div>
      <iframe
        key={images}
        title={i18n._("The mail as it was designed")}
        src={`/v1/conversations/${conversation_id}/messages/${id}/html?images=${images}`}
        // Links open in a page of their own that knows nothing of this one.
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        loading="lazy"
        // Mails are made for white paper.
        className={cx("w-full rounded-lg border border-line bg-white", isTall ? "h-[70dvh]" : "h-64")}
      />
    </div>
  );
}
