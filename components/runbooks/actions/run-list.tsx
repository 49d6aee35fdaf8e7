"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { ACTIONS_KEY, approveRun } from "#lib/client/runbook-actions.queries.ts";
import type { ActionRun } from "#lib/contracts/runbook-actions.ts";
import { useMe } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { RUN_WORDS, targetText } from "./action-words.ts";

const RefuseDialog = dynamic(() => import("./refuse-dialog.tsx").then((module) => module.RefuseDialog));

/** Agrees to a run, or refuses it; the asker may take it back. */
function Decision({ run }: { run: ActionRun }) {
  const me = useMe();
  const client = useQueryClient();
  const [refusing, setRefusing] = useState(false);
  const changed = () => void client.invalidateQueries({ queryKey: [ACTIONS_KEY] });
  const approve = useMutation({ mutationFn: () => approveRun(run.id), onSettled: changed });
  const own = run.askedBy.id === me.id;
  if (!run.mayApprove && !own) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {run.mayApprove && (
        <Button
          variant="primary"
          className="max-sm:h-10"
          disabled={approve.isPending}
          onClick={() => approve.mutate()}
        >
          Approve
        </Button>
      )}
      <Button className="max-sm:h-10" onClick={() => setRefusing(true)}>
        {own ? "Take back" : "Refuse"}
      </Button>
      {approve.error && (
        <p role="alert" className="text-critical basis-full break-words">
          {problemOf(approve.error).detail}
        </p>
      )}
      {refusing && <RefuseDialog run={run} own={own} onDone={changed} onClose={() => setRefusing(false)} />}
    </div>
  );
}

function Answer({ answer }: { answer: NonNullable<ActionRun["answer"]> }) {
  if (answer.text.trim() === "") return null;
  return (
    <details className="text-small">
      <summary className="text-dim cursor-pointer">What the receiver said</summary>
      <pre className="rounded-control bg-raised mt-1 max-h-48 overflow-auto p-2 font-mono break-words whitespace-pre-wrap">
        {answer.text}
      </pre>
    </details>
  );
}

function Run({ run }: { run: ActionRun }) {
  const { status, word } = RUN_WORDS[run.state];
  const target = targetText(run);
  const waits = run.state === "awaiting_approval";
  return (
    <li
      data-run={run.id}
      className="border-line-soft grid items-start gap-1 border-t py-2 sm:grid-cols-[8.5rem_minmax(0,1fr)] sm:gap-x-3"
    >
      <StatusBadge status={status}>{word}</StatusBadge>
      <div className="grid min-w-0 gap-1">
        <p className="break-words">
          {run.dryRun && <span className="font-medium">Dry run · </span>}
          {target !== "" && <>{target} · </>}
          {run.reason}
        </p>
        {run.detail !== null && <p className="text-dim break-words">{run.detail}</p>}
        <p className="text-small text-faint">
          {run.askedBy.name ?? "somebody who is gone"} asked <Age at={run.askedAt} />
          {run.approvedBy && <> · {run.approvedBy.name ?? "somebody who is gone"} agreed</>}
          {run.incident !== null && <> · {run.incident}</>}
          <span className="font-mono max-sm:hidden"> · run {run.id.slice(0, 8)}</span>
        </p>
        {run.answer && <Answer answer={run.answer} />}
        {waits && <Decision run={run} />}
      </div>
    </li>
  );
}

/** Runs of an action: those that wait or are under way, then the last ones with what came of them. */
export function RunList({ runs }: { runs: readonly ActionRun[] }) {
  if (runs.length === 0) return <p className="text-faint">It has not run yet.</p>;
  return (
    <ul aria-label="Runs">
      {runs.map((run) => (
        <Run key={run.id} run={run} />
      ))}
    </ul>
  );
}
