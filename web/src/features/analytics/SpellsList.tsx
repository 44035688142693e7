import { useInfiniteQuery } from "@tanstack/react-query";
import { i18n } from "@lingui/core";

import { duration, NOTHING } from "@/ui/numbers";

import { BehindPages } from "./BehindPages";
import { BehindRow } from "./BehindRow";
import { momentsIn } from "./periods";
import { spellsQuery, type Behind, type Spell } from "./queries";
import type { Outcome } from "./search";
import { outcomeName, reasonName, wayName } from "./words";

/** Spells, each with a link to its conversation. */
export function SpellsList({ behind, zone }: { behind: Behind; zone: string }) {
  const found = useInfiniteQuery(spellsQuery(behind));
  const isMeasured = behind.metric !== "claimed" && behind.metric !== "outcomes";
  return (
    <BehindPages<Spell> found={found} nothing={i18n._("No claims behind this figure.")}>
      {(spell) => (
        <BehindRow
          key={spell.id}
          conversationId={spell.conversation_id}
          contact={spell.contact}
          channel={spell.channel}
          detail={[momentsIn(spell.started_at, spell.ended_at, zone), wayName(spell.via), ending(spell)].join(
            " · ",
          )}
        >
          {isMeasured && <Values values={spell.values} />}
        </BehindRow>
      )}
    </BehindPages>
  );
}

function Values({ values }: { values: readonly number[] }) {
  return (
    <span className="shrink-0 text-end font-medium tabular-nums">
      {values.length === 0
        ? NOTHING
        : values.map((value, index) => (
            <span key={index} className="block">
              {duration(value)}
            </span>
          ))}
    </span>
  );
}

function ending({ ended_as, end_reason }: Spell): string {
  if (ended_as === null) return i18n._("Still held");
  const name = outcomeName(ended_as as Outcome);
  return ended_as === "released" && end_reason !== null ? `${name} (${reasonName(end_reason)})` : name;
}
