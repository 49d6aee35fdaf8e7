"use client";

import { BarePanel } from "#components/shell/bare-panel.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Answer } from "./answer.tsx";

/** The page's first words: how the cluster is. */
export function AnswerPanel() {
  const view = usePanel("cluster.answer");
  return (
    <BarePanel label="How is the cluster?" view={view} skeleton={<AnswerSkeleton />} className="min-h-19">
      {(answer) => <Answer answer={answer} />}
    </BarePanel>
  );
}

function AnswerSkeleton() {
  return (
    <div className="grid gap-2">
      <Skeleton className="h-7 max-w-2xl" />
      <Skeleton className="h-4 max-w-md" />
    </div>
  );
}
