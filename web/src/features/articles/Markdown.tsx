import { i18n } from "@lingui/core";
import type { ComponentProps } from "react";
import Renderer from "react-markdown";

/**
 * Markdown as customers' answers are drawn from it. HTML in it stays text, addresses that are none of the web lose their
 * link, and pictures are links: nothing is loaded from elsewhere by looking at an article.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={LOOK} dir="auto">
      <Renderer components={{ a: Anchor, img: Picture, h1: Heading }}>{text}</Renderer>
    </div>
  );
}

const LOOK = [
  "space-y-3 text-[0.875rem] leading-6 [overflow-wrap:anywhere]",
  "[&_h2]:pt-2 [&_h2]:text-base [&_h2]:font-semibold [&_h3]:pt-1 [&_h3]:font-semibold [&_h4]:font-medium",
  "[&_ul]:list-disc [&_ul]:pl-5 [&_ol]:list-decimal [&_ol]:pl-5 [&_li]:my-0.5",
  "[&_code]:rounded [&_code]:bg-free-soft [&_code]:px-1 [&_code]:font-mono [&_code]:text-[0.8125rem]",
  "[&_pre]:overflow-x-auto [&_pre]:rounded-lg [&_pre]:bg-free-soft [&_pre]:p-3 [&_pre_code]:bg-transparent [&_pre_code]:p-0",
  "[&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-quiet",
  "[&_hr]:border-line",
].join(" ");

function Anchor({ href, children }: ComponentProps<"a">) {
  if (!href) return <span>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="font-medium text-accent-ink underline underline-offset-2"
    >
      {children}
    </a>
  );
}

function Picture({ src, alt }: ComponentProps<"img">) {
  const name = alt || i18n._("Picture");
  return typeof src === "string" ? <Anchor href={src}>{name}</Anchor> : <span>{name}</span>;
}

/** The page has its one already. */
function Heading({ children }: ComponentProps<"h1">) {
  return <h2 className="text-lg font-semibold">{children}</h2>;
}
