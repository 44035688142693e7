import { i18n } from "@lingui/core";

import type { Notification } from "@/api/types";
import { moment } from "@/ui/time";

const MOST_COUNTED = 99;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** What a kind of notification is about. */
export function kindText(kind: Notification["kind"]): string {
  const texts: Record<Notification["kind"], string> = {
    customer_reply: i18n._("Customer reply"),
    unclaimed_waiting: i18n._("Waiting in Unclaimed"),
    reassigned: i18n._("Given to you"),
    takeover_requested: i18n._("Take-over asked"),
    takeover_answered: i18n._("Take-over answered"),
    claim_stale: i18n._("Stale claim"),
    claim_expiring: i18n._("Claim about to be released"),
    released: i18n._("Taken from you"),
    mention: i18n._("Mention"),
  };
  return texts[kind] ?? kind;
}

/** The sentence in the person's language, with moments as people write them. */
export function sentence(notification: Notification): string {
  return said(notification).replace(INSTANT, (instant) => moment(instant));
}

function said({ kind, actor, text }: Notification): string {
  if (i18n.locale.startsWith("en")) return text;
  const who = actor.name ?? i18n._("Somebody");
  if (kind === "mention") return i18n._("{who} mentioned you", { who });
  for (const [pattern, sentence] of SENTENCES[kind]) {
    const found = pattern.exec(text);
    if (found !== null) return sentence(named(found[1]), found[2] ?? "", who);
  }
  return text;
}

type Sentence = (name: string, rest: string, who: string) => string;

/** How the server writes each kind: a name, and what comes with it. What is written otherwise stays as it is. */
const SENTENCES: Readonly<Record<Notification["kind"], readonly (readonly [RegExp, Sentence])[]>> = {
  customer_reply: [[/^(.+?): (.*)$/s, (name, text) => `${name}: ${text}`]],
  unclaimed_waiting: [
    [/^(.+?) is waiting: (.*)$/s, (name, text) => i18n._("{name} is waiting: {text}", { name, text })],
    [
      /^(.+?) needs a person: (.*)$/s,
      (name, text) => i18n._("{name} needs a person: {text}", { name, text }),
    ],
    [/^(.+) is unclaimed again$/, (name) => i18n._("{name} is unclaimed again", { name })],
  ],
  reassigned: [[/ gave you (.+)$/, (name, _, who) => i18n._("{who} gave you {name}", { who, name })]],
  takeover_requested: [
    [/ asks to take over (.+)$/, (name, _, who) => i18n._("{who} asks to take over {name}", { who, name })],
  ],
  takeover_answered: [
    [/ was accepted$/, () => i18n._("Your take-over request was accepted")],
    [/ was declined$/, () => i18n._("Your take-over request was declined")],
    [/ was lapsed$/, () => i18n._("Your take-over request has lapsed")],
  ],
  claim_stale: [
    [
      /^(.+), held by (.+), is stale$/,
      (name, owner) => i18n._("{name}, held by {owner}, is stale", { name, owner }),
    ],
  ],
  claim_expiring: [
    [
      /^(.+) goes back to Unclaimed at (\S+) unless you keep it$/,
      (name, at) => i18n._("{name} goes back to Unclaimed at {at} unless you keep it", { name, at }),
    ],
  ],
  released: [
    [
      /^(.+?) was taken from you: stale$/,
      (name) => i18n._("{name} was taken from you: it was stale", { name }),
    ],
    [/^(.+?) was taken from you: forced$/, (name) => i18n._("{name} was taken from you", { name })],
    [
      /^(.+?) was taken from you: (.*)$/s,
      (name, why) => i18n._("{name} was taken from you: {why}", { name, why }),
    ],
  ],
  mention: [],
};

/** Customers without a name. */
function named(name = ""): string {
  if (/^(The|A|a) customer$/.test(name)) return i18n._("A customer");
  if (/^[Aa] conversation$/.test(name)) return i18n._("A conversation");
  return name;
}

export function countText(count: number): string {
  return count > MOST_COUNTED ? `${String(MOST_COUNTED)}+` : String(count);
}

/** The page's title with how many are unseen. */
export function titleText(count: number): string {
  return count === 0 ? "Dibs" : `(${countText(count)}) Dibs`;
}
