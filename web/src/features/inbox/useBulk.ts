import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { countsQuery } from "@/api/queries";
import { failureText } from "@/ui/Failed";
import { say } from "@/ui/status";

import { canUndo, runBulk, undoBulk, type BulkAction, type BulkJob, type BulkResult } from "./bulk";
import { heldQuery } from "./held";
import { summary } from "./outcomes";
import { clear } from "./selection";

/** As long as an undo of a claim is possible on the server. */
const UNDO_MS = 10_000;

/** A bulk action from the menu to its result. */
export function useBulk(me: string) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<BulkAction>();
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [result, setResult] = useState<BulkResult & { undoUntil: number }>();

  const recount = () => {
    void client.invalidateQueries({ queryKey: countsQuery.queryKey });
    void client.invalidateQueries({ queryKey: heldQuery.queryKey });
  };
  const undo = async (made: BulkResult) => {
    setResult(undefined);
    try {
      const count = await undoBulk(made, me);
      say(
        i18n._("{count, plural, one {Undone for # conversation.} other {Undone for # conversations.}}", {
          count,
        }),
      );
    } catch (error) {
      say(failureText(error as Error), { tone: "bad" });
    }
    recount();
  };
  const run = async (job: BulkJob) => {
    setRunning(true);
    setProblem(undefined);
    try {
      const made = await runBulk(job);
      setAsking(undefined);
      setResult({ ...made, undoUntil: canUndo(made) ? Date.now() + UNDO_MS : 0 });
      clear();
      say(summary(made), canUndo(made) ? { undo: () => void undo(made) } : {});
    } catch (error) {
      setProblem(failureText(error as Error));
      if (job.action === "claim") say(failureText(error as Error), { tone: "bad" });
    }
    setRunning(false);
    recount();
  };
  const ask = (action: BulkAction | undefined) => {
    setProblem(undefined);
    setAsking(action);
  };
  return { asking, ask, isRunning, problem, run, result, closeResult: () => setResult(undefined), undo };
}
