"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { askGate, RELEASES_KEY } from "#lib/client/releases.queries.ts";
import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMay, useRefusal } from "#components/shell/me.tsx";
import { AnswerPanel } from "./answer-panel.tsx";

const WithdrawDialog = dynamic(() => import("./withdraw-dialog.tsx").then((module) => module.WithdrawDialog));

/** What can be done about a release; what cannot says why. */
export function ReleaseActions({ release }: { release: ReleaseDetail }) {
  const { may, open, state } = release;
  if (!open) return null;
  const answerable = may.review || may.override;
  return (
    <div className="mt-3 grid gap-3">
      {answerable ? <AnswerPanel release={release} /> : <WhyNot release={release} />}
      <div className="flex flex-wrap gap-2">
        {state !== "deploying" && <AskAgain release={release} />}
        {may.withdraw && <Withdraw release={release} />}
      </div>
    </div>
  );
}

/** Why whoever looks has no answer to give. */
function WhyNot({ release: { may, state } }: { release: ReleaseDetail }) {
  const refusal = useRefusal("releases:approve");
  if (may.whyNot === null) return null;
  const what = state === "waiting" ? "Approve" : "Override…";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <GuardedButton
        action="releases:approve"
        disabled={refusal === null}
        title={may.whyNot}
        className="max-sm:h-10"
      >
        {what}
      </GuardedButton>
      <span className="text-dim">Not for you to answer: {refusal?.detail ?? may.whyNot}.</span>
    </div>
  );
}

function AskAgain({ release }: { release: ReleaseDetail }) {
  const client = useQueryClient();
  const { service, version, commit, change, declaredRisk, lane } = release;
  const mutation = useMutation({
    mutationFn: () =>
      askGate({
        service,
        version,
        commit,
        change,
        ...(declaredRisk === null ? {} : { declaredRisk }),
        ...(lane === null ? {} : { lane }),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: [RELEASES_KEY] }),
  });
  return (
    <>
      <GuardedButton
        action="gate:ask"
        className="max-sm:h-10"
        disabled={mutation.isPending}
        onClick={() => mutation.mutate()}
      >
        <RefreshCw size={13} aria-hidden="true" />
        Ask again
      </GuardedButton>
      {mutation.error && (
        <div className="order-last w-full">
          <ProblemNotice problem={problemOf(mutation.error)} />
        </div>
      )}
    </>
  );
}

function Withdraw({ release }: { release: ReleaseDetail }) {
  const [open, setOpen] = useState(false);
  const may = useMay("releases:write");
  if (!may) return null;
  return (
    <>
      <GuardedButton action="releases:write" className="max-sm:h-10" onClick={() => setOpen(true)}>
        Withdraw…
      </GuardedButton>
      {open && <WithdrawDialog release={release} onClose={() => setOpen(false)} />}
    </>
  );
}
