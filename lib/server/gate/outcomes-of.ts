import "server-only";
import { Outcome } from "#lib/contracts/releases.ts";
import type { ReleaseRecord } from "#lib/server/db/release.repo.ts";

/** What is known of a release by now, oldest first. */
export function outcomesOf({ outcome }: Pick<ReleaseRecord, "outcome">): Outcome[] {
  return Outcome.array().parse(outcome ?? []);
}
