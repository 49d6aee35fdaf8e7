"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { recomputeDecision } from "#lib/client/decisions.queries.ts";
import type { Recomputed } from "#lib/contracts/decisions.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";

/** Decides once more on the recorded facts, and says whether the verdict is the same. */
export function Recompute({ recordId }: { recordId: string }) {
  const mutation = useMutation({ mutationFn: () => recomputeDecision(recordId) });
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3">
      <Button disabled={mutation.isPending} className="max-sm:h-10" onClick={() => mutation.mutate()}>
        Decide again on these facts
      </Button>
      <span role="status">{mutation.data && <Result found={mutation.data} />}</span>
      {mutation.error && <ProblemNotice problem={problemOf(mutation.error)} />}
    </div>
  );
}

function Result({ found: { same, recorded, recomputed, differences, reworded } }: { found: Recomputed }) {
  if (same) {
    return (
      <span className="text-healthy inline-flex items-center gap-1.5 font-medium">
        <StatusIcon status="healthy" />
        same facts, same verdict: {recomputed}
        {reworded && (
          <span className="text-dim font-normal">(its reasons would be worded otherwise now)</span>
        )}
      </span>
    );
  }
  return (
    <span className="text-exhausted inline-flex items-center gap-1.5 font-medium">
      <StatusIcon status="exhausted" />
      differs in {differences.join(", ")}: recorded {recorded}, now {recomputed}
    </span>
  );
}
