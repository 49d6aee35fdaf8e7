"use client";

import { clsx } from "clsx";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Card } from "#components/shell/card.tsx";
import { useNow } from "#components/shell/clock.ts";
import { decisionColor, DecisionWord } from "#components/shell/decision-word.tsx";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { laneInWords, nextInWords, shortCommit, shortHash, WORD_OF_STATE } from "../release-words.ts";
import { ReleaseActions } from "./release-actions.tsx";

/** The verdict as one large word, with why, what would change it, and what can be done. */
export function DecisionCard({ release }: { release: ReleaseDetail }) {
  const { verdict } = release;
  return (
    <Card title="Decision" aside={verdict && <Provenance verdict={verdict} />}>
      {verdict ? <Verdict verdict={verdict} /> : <p className="text-dim">The gate has not decided yet.</p>}
      <Standing release={release} />
      <ReleaseActions release={release} />
    </Card>
  );
}

function Provenance({ verdict: { decidedAt, policyVersion, hash } }: { verdict: GateAnswer }) {
  return (
    <span className="text-right max-sm:max-w-56">
      <Age at={decidedAt} /> · policy v{policyVersion} · record{" "}
      <a href="#facts" className="rounded-chip hover:text-ink font-mono underline">
        {shortHash(hash)}
      </a>
    </span>
  );
}

function Verdict({ verdict }: { verdict: GateAnswer }) {
  const { decision, status, rationale, conditions, alternatives } = verdict;
  const [first, ...rest] = rationale;
  return (
    <>
      <p className={clsx("text-[30px] leading-tight font-semibold tracking-tight", decisionColor(decision))}>
        {capital(decision)}
      </p>
      {status === "insufficient_data" && (
        <p className="mt-1 font-medium">There is not enough data to approve anything.</p>
      )}
      <div className="mt-1 max-w-[75ch]">
        {first !== undefined && <p className="break-words">{harmlessText(first)}</p>}
        {rest.map((reason) => (
          <p key={reason} className="text-dim break-words">
            {harmlessText(reason)}
          </p>
        ))}
      </div>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <Hints title="What would change it" hints={conditions.map(({ decision: to, when }) => [to, when])} />
        <Hints title="Meanwhile" hints={alternatives.map(({ decision: to, how }) => [to, how])} />
      </div>
    </>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface HintsProps {
  title: string;
  /** What the decision would be, where that is known, and the words. */
  hints: readonly (readonly [GateAnswer["decision"] | null, string])[];
}

function Hints({ title, hints }: HintsProps) {
  if (hints.length === 0) return null;
  return (
    <div>
      <h3 className="text-small text-faint mb-1">{title}</h3>
      <ul className="grid gap-1">
        {hints.map(([to, words]) => (
          <li key={words} className="break-words">
            {to && (
              <>
                <DecisionWord decision={to} />{" "}
              </>
            )}
            {harmlessText(words)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is asked for, by whom, and what happens by itself. */
function Standing({ release }: { release: ReleaseDetail }) {
  const nowMs = useNow();
  const { service, version, commit, lane, requestedBy, requestedAt, state, open } = release;
  const next = nowMs === null || !open ? "" : nextInWords(release, nowMs);
  return (
    <p className="text-dim border-line-soft mt-4 border-t pt-3 break-words">
      <strong className="text-ink font-medium">{WORD_OF_STATE[state]}</strong>
      {next !== "" && next !== WORD_OF_STATE[state] && `, ${next}`} ·{" "}
      <EntityLink kind="services" name={service} /> {harmlessText(version)}{" "}
      <span className="font-mono">{shortCommit(commit)}</span>
      {lane && ` · ${harmlessText(laneInWords(lane))}`} · asked for by{" "}
      <bdi>{requestedBy.name ?? "somebody unknown"}</bdi> <Age at={requestedAt} />
    </p>
  );
}
