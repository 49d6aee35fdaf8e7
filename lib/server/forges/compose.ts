import "server-only";
import type { ForgeWord } from "#lib/domain/forges/forge-word.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { read } from "#lib/server/db/client.ts";
import { findDecisionBySeq } from "#lib/server/db/decision.repo.ts";
import type { ReleaseRecord } from "#lib/server/db/release.repo.ts";
import { settings } from "#lib/server/env.ts";
import { toAnswer } from "#lib/server/services/gate/to-answer.ts";
import type { Telling } from "./forge.ts";

const MOST_REASONS = 6;
const MOST_CONDITIONS = 3;

const STATE_WORDS: Readonly<Record<string, string>> = {
  waiting: "waits for a review by a release manager",
  deferred: "is deferred, and asked about again every 5 minutes",
};

/** Text of others on one line. */
const line = (text: string) => harmlessText(text.replace(/\s+/g, " ").trim());

function headlineOf(
  { service, version }: ReleaseRecord,
  word: Exclude<ForgeWord, { say: "nothing" }>,
): string {
  const what = `${service} ${version}`;
  switch (word.say) {
    case "approved":
      return `Burnline: ${what} may go out`;
    case "rejected":
      return `Burnline: ${what} may not go out`;
    case "report":
      return `Burnline: ${what} ${STATE_WORDS[word.about] ?? word.about}`;
  }
}

/** What a forge is told of a release: the word, its reasons and what would change it. */
export async function composeTelling(
  release: ReleaseRecord,
  word: Exclude<ForgeWord, { say: "nothing" }>,
): Promise<Telling> {
  const { id, decisionSeq } = release;
  const record = decisionSeq === null ? null : await read((tx) => findDecisionBySeq(tx, decisionSeq));
  const verdict = record && toAnswer(record);
  const { publicUrl } = settings();
  const conditions = verdict?.conditions ?? [];
  const points = [
    ...(word.say === "report" ? [] : [word.because]),
    ...(verdict?.rationale.slice(0, MOST_REASONS) ?? []),
    ...conditions.slice(0, MOST_CONDITIONS).map(({ decision, when }) => `${decision} if ${when}`),
  ];
  return {
    state: word.say === "report" ? null : word.say,
    headline: line(headlineOf(release, word)),
    link: publicUrl === null ? null : `${publicUrl}/releases/${id}`,
    points: points.map(line),
  };
}
