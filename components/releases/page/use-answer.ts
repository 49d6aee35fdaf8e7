"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { answerRelease, releaseQuery, RELEASES_KEY } from "#lib/client/releases.queries.ts";
import type { ApproveRelease, ReleaseDetail } from "#lib/contracts/releases.ts";

/** An answer to the decision that is shown; whoever comes too late is shown the one that stands by now. */
export function useAnswer({ id, decisionSeq }: ReleaseDetail, kind: ApproveRelease["kind"]) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (said: Pick<ApproveRelease, "verdict" | "reason">) =>
      answerRelease({ id, kind, decisionSeq: decisionSeq ?? 0, ...said }),
    onSuccess: (release) => client.setQueryData(releaseQuery(id).queryKey, release),
    onSettled: () => void client.invalidateQueries({ queryKey: [RELEASES_KEY] }),
  });
  return {
    answer: (said: Pick<ApproveRelease, "verdict" | "reason">, onDone: () => void) =>
      mutation.mutate(said, { onSuccess: onDone }),
    isPending: mutation.isPending,
    problem: mutation.error && problemOf(mutation.error),
  };
}
