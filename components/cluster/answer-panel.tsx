"use client";

import { usePanel, useTick } from "#components/shell/page-panels.tsx";
import { ErrorState, PartialNotice, StaleNotice } from "#components/shell/states.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Answer } from "./answer.tsx";

/** The page's first words: how the cluster is. It stands on the page itself, not in a card. */
export function AnswerPanel() {
  const view = usePanel("cluster.answer");
  const tick = useTick();
  if (view.state === "failed") return <ErrorState problem={view.problem} onRetry={tick?.refresh} />;
  return (
    <section aria-label="How is the cluster?" aria-busy={view.state === "loading"} className="min-h-19">
      {view.state === "loading" ? (
        <div data-state="loading" className="grid gap-2">
          <Skeleton className="h-7 max-w-2xl" />
          <Skeleton className="h-4 max-w-md" />
        </div>
      ) : (
        <>
          {view.stale !== null && <StaleNotice since={view.asOf ?? view.receivedAt} reason={view.stale} />}
          {view.partial && <PartialNotice warnings={view.warnings} />}
          <Answer answer={view.data} />
        </>
      )}
    </section>
  );
}
