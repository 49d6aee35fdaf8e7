import type { Standing } from "#lib/domain/gate/course.ts";

/** GitHub fails a deployment that nobody answered for 30 days; we say no an hour earlier. */
const HELD_AT_MOST_MS = 30 * 86_400_000 - 3_600_000;

/** A release as far as a forge is concerned. */
export interface ReleaseStanding {
  state: Standing["state"] | "deployed" | "failed" | "rolled_back" | "rejected" | "expired" | "withdrawn";
  leaseUntilMs: number | null;
  haltReason: string | null;
  expiresAtMs: number | null;
}

/** What a forge has been told of a deployment that it holds. */
export interface Telling {
  receivedAtMs: number;
  told: string | null;
  reports: number;
}

/** What a forge is to be told now; a verdict is the last word. */
export type ForgeWord =
  { say: "approved" | "rejected"; because: string } | { say: "report"; about: string } | { say: "nothing" };

const NOTHING: ForgeWord = { say: "nothing" };

function undecided(
  { state, expiresAtMs }: ReleaseStanding,
  { told, reports, receivedAtMs }: Telling,
  { nowMs, mostReports }: { nowMs: number; mostReports: number },
): ForgeWord {
  const untilMs = Math.min(expiresAtMs ?? Infinity, receivedAtMs + HELD_AT_MOST_MS);
  if (nowMs >= untilMs) return { say: "rejected", because: "nobody decided in time" };
  return told === state || reports >= mostReports ? NOTHING : { say: "report", about: state };
}

/**
 * What a release's state says to the forge that holds its deployment: yes only while an approval holds, no for what is
 * blocked or over, and a report each time that it waits for something else.
 */
export function forgeWord(
  release: ReleaseStanding,
  telling: Telling,
  terms: { nowMs: number; mostReports: number },
): ForgeWord {
  const { state, leaseUntilMs, haltReason } = release;
  switch (state) {
    case "approved":
      // One whose time is over is decided on anew within a minute.
      if (leaseUntilMs === null || leaseUntilMs <= terms.nowMs) return NOTHING;
      return { say: "approved", because: "the release is approved" };
    case "deploying":
      if (haltReason !== null) return { say: "rejected", because: `the deploy has to stop: ${haltReason}` };
      return { say: "approved", because: "the release is going out" };
    case "blocked":
      return { say: "rejected", because: "the release is blocked" };
    case "waiting":
    case "deferred":
      return undecided(release, telling, terms);
    default:
      return { say: "rejected", because: `the release is over: ${state.replace("_", " ")}` };
  }
}
