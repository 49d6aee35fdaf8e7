"use client";

import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Card } from "#components/shell/card.tsx";
import { useNow } from "#components/shell/clock.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { clearedInWords, laneInWords, nextInWords, shortCommit, WORD_OF_STATE } from "../release-words.ts";
import { ReleaseActions } from "./release-actions.tsx";
import { Provenance, Verdict } from "./verdict.tsx";

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

/** What is asked for, by whom, and what happens by itself. */
function Standing({ release }: { release: ReleaseDetail }) {
  const nowMs = useNow();
  const { service, version, commit, lane, requestedBy, requestedAt, state, open } = release;
  const cleared = clearedInWords(release);
  const next = nowMs === null || !open ? "" : nextInWords(release, nowMs);
  return (
    <p className="text-dim border-line-soft mt-4 border-t pt-3 break-words">
      <strong className="text-ink font-medium">{WORD_OF_STATE[state]}</strong>
      {cleared !== null && `, ${harmlessText(cleared)}`}
      {next !== "" && next !== WORD_OF_STATE[state] && `, ${next}`} ·{" "}
      <EntityLink kind="services" name={service} /> {harmlessText(version)}{" "}
      <span className="font-mono">{shortCommit(commit)}</span>
      {lane && ` · ${harmlessText(laneInWords(lane))}`} · asked for by{" "}
      <bdi>{requestedBy.name ?? "somebody unknown"}</bdi> <Age at={requestedAt} />
    </p>
  );
}
