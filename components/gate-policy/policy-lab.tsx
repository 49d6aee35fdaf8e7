"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { gatePolicyQuery, replayPolicy } from "#lib/client/gate-policy.queries.ts";
import type { GatePolicyInForce } from "#lib/contracts/gate-policies.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { Card } from "#components/shell/card.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMay } from "#components/shell/me.tsx";
import { useLoaded } from "#components/shell/use-loaded.ts";
import { Button } from "#components/ui/button.tsx";
import { ChangesList } from "./changes-list.tsx";
import { type DraftProps, problemsOf, withValue } from "./draft.ts";
import { MatrixEditor } from "./matrix-editor.tsx";
import { changesOf } from "./policy-changes.ts";
import { labelOf } from "./policy-labels.ts";
import { ProposalList } from "./proposal-list.tsx";
import { ReplayResult } from "./replay-result.tsx";
import { RiskEditor } from "./risk-editor.tsx";
import { RulesEditor } from "./rules-editor.tsx";
import { VersionList } from "./version-list.tsx";

const asGatePolicy = async () => (await import("#lib/contracts/gate-policy.ts")).GatePolicyDocument;
const ProposeDialog = dynamic(() => import("./propose-dialog.tsx").then((module) => module.ProposeDialog));

/** What the gate decides by: looked at, changed on trial, replayed, proposed, and published by a second person. */
export function PolicyLab({ initial }: { initial: GatePolicyInForce }) {
  const { data, error } = useQuery({ ...gatePolicyQuery, initialData: initial });
  return (
    <>
      {error && <ProblemNotice problem={problemOf(error)} />}
      <Lab inForce={data} />
    </>
  );
}

function Lab({ inForce }: { inForce: GatePolicyInForce }) {
  const may = useMay("gate-policy:write");
  const [draft, setDraft] = useState<GatePolicyDocument | null>(null);
  const [proposing, setProposing] = useState(false);
  const document = draft ?? inForce.document;
  const problems = problemsOf(document, useLoaded(asGatePolicy));
  const replay = useMutation({ mutationFn: () => replayPolicy(document) });
  const take = (next: GatePolicyDocument | null) => {
    setDraft(next);
    replay.reset();
  };
  const onChange: DraftProps["onChange"] = (path, value) => take(withValue(document, path, value));
  const editor = { draft: document, problems, onChange, disabled: !may };
  return (
    <>
      <ProposalList inForce={inForce} onLookAt={take} />
      <Card
        title={
          inForce.version === 0
            ? "The policy that Burnline comes with is in force"
            : `Version ${inForce.version} is in force`
        }
      >
        <TrialBar
          inForce={inForce}
          draft={draft}
          problems={problems}
          replaying={replay.isPending}
          onReplay={() => replay.mutate()}
          onPropose={() => setProposing(true)}
          onReset={() => take(null)}
        />
        {replay.error && <ProblemNotice problem={problemOf(replay.error)} />}
      </Card>
      {replay.data && <ReplayResult replay={replay.data} />}
      <MatrixEditor {...editor} />
      <RiskEditor {...editor} />
      <RulesEditor {...editor} />
      <VersionList />
      {proposing && (
        <ProposeDialog
          base={inForce}
          draft={document}
          onClose={() => setProposing(false)}
          onProposed={() => {
            setProposing(false);
            take(null);
          }}
        />
      )}
    </>
  );
}

interface TrialBarProps {
  inForce: GatePolicyInForce;
  draft: GatePolicyDocument | null;
  problems: DraftProps["problems"];
  replaying: boolean;
  onReplay: () => void;
  onPropose: () => void;
  onReset: () => void;
}

/** What differs from what is in force, and what to do with it. */
function TrialBar({ inForce, draft, problems, replaying, onReplay, onPropose, onReset }: TrialBarProps) {
  const changed = draft !== null && changesOf(inForce.document, draft).length > 0;
  const wrong = problems.size;
  return (
    <div className="grid gap-2.5">
      {changed ? (
        <ChangesList was={inForce.document} is={draft} />
      ) : (
        <p className="text-dim">
          Change something below to try it: nothing takes effect before a second person publishes it.
        </p>
      )}
      {inForce.problems.length > 0 && (
        <p className="text-warning">
          {countOf(inForce.problems.length, "rule")} of today would refuse what is in force:{" "}
          {inForce.problems.map(({ path, message }) => `${path} ${message}`).join("; ")}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <GuardedButton
          action="gate-policy:write"
          className="max-sm:h-10"
          disabled={replaying || wrong > 0}
          onClick={onReplay}
        >
          {replaying ? "Replaying…" : "Replay on past decisions"}
        </GuardedButton>
        <GuardedButton
          action="gate-policy:write"
          variant="primary"
          className="max-sm:h-10"
          disabled={!changed || wrong > 0}
          onClick={onPropose}
        >
          Propose…
        </GuardedButton>
        {changed && (
          <Button className="max-sm:h-10" onClick={onReset}>
            Drop the changes
          </Button>
        )}
      </div>
      <p role="status" className="text-critical break-words empty:hidden">
        {wrong > 0 &&
          `${countOf(wrong, "field")} not right yet: ${[...problems.keys()].map(labelOf).join("; ")}`}
      </p>
    </div>
  );
}
