import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { i18n } from "@lingui/core";

import { Button } from "@/ui/Button";
import { ChannelIcon, channelName } from "@/ui/channels";
import { EmptyState } from "@/ui/EmptyState";
import { Failed } from "@/ui/Failed";
import { duration, NOTHING } from "@/ui/numbers";
import { Bar, Late } from "@/ui/Skeleton";

import { momentsIn } from "./periods";
import { spellsQuery, type Behind, type Spell } from "./queries";
import type { Outcome } from "./search";
import { outcomeName, reasonName, wayName } from "./words";

/** Spells, newest first, page after page, each with a link to its conversation. */
export function SpellsList({ behind, zone }: { behind: Behind; zone: string }) {
  const spells = useInfiniteQuery(spellsQuery(behind));
  if (spells.isPending) {
    return (
      <Late>
        <div className="space-y-5 pt-2">
          {[1, 2, 3, 4, 5].map((each) => (
            <div key={each} className="space-y-2">
              <Bar className="w-1/2" />
              <Bar className="w-4/5" />
            </div>
          ))}
        </div>
      </Late>
    );
  }
  if (spells.isError && spells.data === undefined) {
    return (
      <Failed
        title={i18n._("The list could not be read.")}
        error={spells.error}
        onRetry={() => void spells.refetch()}
      />
    );
  }
  const all = spells.data.pages.flatMap((page) => page.data);
  if (all.length === 0) return <EmptyState title={i18n._("No claims behind this figure.")} />;
  return (
    <>
      <ul className="-mx-2 divide-y divide-line">
        {all.map((spell) => (
          <Row
            key={spell.id}
            spell={spell}
            zone={zone}
            isMeasured={behind.metric !== "claimed" && behind.metric !== "outcomes"}
          />
        ))}
      </ul>
      {spells.isFetchNextPageError && (
        <p role="alert" className="text-bad">
          {i18n._("The next ones could not be read.")}
        </p>
      )}
      {spells.hasNextPage && (
        <Button disabled={spells.isFetchingNextPage} onClick={() => void spells.fetchNextPage()}>
          {spells.isFetchingNextPage ? i18n._("Loading…") : i18n._("Show more")}
        </Button>
      )}
    </>
  );
}

function Row({ spell, zone, isMeasured }: { spell: Spell; zone: string; isMeasured: boolean }) {
  const name = spell.contact ?? i18n._("Customer without a name");
  return (
    <li>
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId: spell.conversation_id }}
        className="flex items-start gap-3 rounded-lg p-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5 font-medium">
            <ChannelIcon channel={spell.channel} />
            <span className="sr-only">{channelName(spell.channel)}</span>
            <span className="truncate">{name}</span>
          </span>
          <span className="block text-[0.8125rem] text-quiet">
            {[momentsIn(spell.started_at, spell.ended_at, zone), wayName(spell.via), ending(spell)].join(
              " · ",
            )}
          </span>
        </span>
        {isMeasured && (
          <span className="shrink-0 text-end font-medium tabular-nums">
            {spell.values.length === 0
              ? NOTHING
              : spell.values.map((value, index) => (
                  <span key={index} className="block">
                    {duration(value)}
                  </span>
                ))}
          </span>
        )}
      </Link>
    </li>
  );
}

function ending({ ended_as, end_reason }: Spell): string {
  if (ended_as === null) return i18n._("Still held");
  const name = outcomeName(ended_as as Outcome);
  return ended_as === "released" && end_reason !== null ? `${name} (${reasonName(end_reason)})` : name;
}
