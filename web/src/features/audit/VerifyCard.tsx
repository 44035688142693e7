import { useMutation } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";

import { Button } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { failureText } from "@/ui/Failed";
import { number } from "@/ui/numbers";

import { verify, type Verdict } from "./queries";

/** Recomputes the chain of hashes and says clearly whether it holds. */
export function VerifyCard() {
  const check = useMutation({ mutationFn: verify });
  const verdict = check.data;
  const Icon = verdict === undefined ? ShieldQuestion : verdict.ok ? ShieldCheck : ShieldAlert;
  const tone =
    verdict === undefined
      ? "bg-surface border-line"
      : verdict.ok
        ? "bg-mine-soft text-mine border-transparent"
        : "bg-bad-soft text-bad border-bad";
  return (
    <section
      aria-label={i18n._("Verify the audit")}
      className={cx("flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border px-4 py-3", tone)}
    >
      <Icon size={18} aria-hidden="true" className="shrink-0" />
      <div className="min-w-0 flex-1 basis-60">
        <div role={verdict?.ok === false ? "alert" : "status"}>
          {check.isPending ? (
            <p>{i18n._("Verifying every row…")}</p>
          ) : verdict !== undefined ? (
            <VerdictText verdict={verdict} />
          ) : (
            <p>
              {i18n._(
                "Each row carries a hash over itself and the row before it: a change made behind the back of Dibs shows.",
              )}
            </p>
          )}
        </div>
        {check.isError && !check.isPending && (
          <p role="alert" className="mt-1 font-medium text-bad">
            {i18n._("Not verified: {why}", { why: failureText(check.error) })}
          </p>
        )}
      </div>
      <Button disabled={check.isPending} onClick={() => check.mutate()}>
        {verdict === undefined ? i18n._("Verify") : i18n._("Verify again")}
      </Button>
    </section>
  );
}

function VerdictText({ verdict: { ok, rows, first_bad } }: { verdict: Verdict }) {
  if (ok) {
    return (
      <p className="font-medium">
        {i18n._(
          "The chain holds over {rows, plural, one {# row} other {{shown} rows}}. Nothing was altered.",
          {
            rows,
            shown: number(rows),
          },
        )}
      </p>
    );
  }
  return (
    <>
      <p className="font-medium">
        {first_bad === null
          ? i18n._("The chain is broken.")
          : i18n._("The chain breaks at row {seq}: {problem}.", {
              seq: number(first_bad.seq),
              problem: first_bad.problem.replace(/\.$/, ""),
            })}
      </p>
      <p className="text-[0.8125rem] break-all">
        {first_bad?.id == null
          ? i18n._("That row is gone. Compare with a backup.")
          : i18n._("Its id is {id}. Compare it with a backup.", { id: first_bad.id })}
      </p>
    </>
  );
}
