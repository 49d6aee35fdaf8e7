"use client";

import { useId, useState } from "react";
import { membersOf } from "#lib/client/read-unknown.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { ApproveRelease, ReleaseDetail } from "#lib/contracts/releases.ts";
import { type Decision, DECISIONS } from "#lib/domain/gate/decision.ts";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { useAnswer } from "./use-answer.ts";

type Verdict = ApproveRelease["verdict"];

/** What is said most often: a tap fills the reason. */
const QUICK = {
  review: [
    "The figures are fine",
    "Small and can be taken back",
    "Agreed in the team",
    "Wait until it calms",
  ],
  override: [
    "It fixes what burns",
    "Waiting harms more",
    "Agreed with the product owner",
    "Wait until it calms",
  ],
} as const;
/** An override takes two people. */
const OVERRIDERS = 2;

/** A yes or a no with its reason, in reach of the thumb on a phone: one tap for the reason, one for the answer. */
export function AnswerPanel({ release }: { release: ReleaseDetail }) {
  const errorId = useId();
  const kind = release.may.review ? "review" : "override";
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { answer, isPending, problem } = useAnswer(release, kind);
  const say = (verdict: Verdict) => {
    const text = reason.trim();
    setMissing(text === "");
    if (text !== "") answer({ verdict, reason: text }, () => setReason(""));
  };
  const write = (text: string) => {
    setReason(text);
    setMissing(false);
  };
  return (
    <div
      role="group"
      aria-label="Your answer"
      className="max-sm:border-line max-sm:bg-panel grid gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-(--bottom-bar-height) max-sm:z-20 max-sm:border-t max-sm:px-3.5 max-sm:py-2.5"
    >
      {kind === "override" && <TakesTwo overrides={release.overrides} />}
      {problem && <Refused problem={problem} />}
      <div className="flex gap-1.5 overflow-x-auto">
        {QUICK[kind].map((text) => (
          <Button
            key={text}
            aria-pressed={reason === text}
            className="max-sm:h-9"
            onClick={() => write(text)}
          >
            {text}
          </Button>
        ))}
      </div>
      <Input
        aria-label="Reason"
        placeholder="Why? It stays on record"
        maxLength={1_000}
        autoComplete="off"
        className="w-full max-w-[75ch]"
        aria-invalid={missing}
        aria-describedby={missing ? errorId : undefined}
        value={reason}
        onChange={(event) => write(event.target.value)}
      />
      {missing && (
        <p id={errorId} role="alert" className="text-small text-critical">
          A reason is needed
        </p>
      )}
      <div className="flex gap-2">
        <Button
          variant="primary"
          className="max-sm:h-11 max-sm:flex-1 max-sm:justify-center"
          disabled={isPending}
          onClick={() => say("approved")}
        >
          {kind === "review" ? "Approve" : "Override"}
        </Button>
        <Button
          className="max-sm:h-11 max-sm:flex-1 max-sm:justify-center"
          disabled={isPending}
          onClick={() => say("rejected")}
        >
          Reject
        </Button>
      </div>
    </div>
  );
}

function TakesTwo({ overrides }: { overrides: number }) {
  return (
    <p className="text-dim">
      An override goes against the gate and takes {OVERRIDERS} people; {overrides} of {OVERRIDERS} agreed so
      far.
      {overrides === OVERRIDERS - 1 && " Yours lets it go out."}
    </p>
  );
}

/** What the gate said since; null for its silence, undefined where the refusal tells nothing of it. */
function decisionSince(current: unknown): Decision | null | undefined {
  const { decision } = membersOf(current);
  return decision === null ? null : DECISIONS.find((one) => one === decision);
}

/** Why the answer was not taken; what was typed stays. */
function Refused({ problem }: { problem: Problem }) {
  const decision = decisionSince(problem.current);
  return (
    <ProblemNotice problem={problem}>
      {decision !== undefined && (
        <p>
          Meanwhile the gate said <DecisionWord decision={decision} />. The page shows it now; your reason is
          kept.
        </p>
      )}
    </ProblemNotice>
  );
}
