import type { VersionChange } from "../signals/build-info.ts";

/** Two looks may see one deploy at neighbouring steps. */
const SAME_WITHIN_MS = 120_000;

/** A deploy of a service that a timeline tells of. */
export interface ToldDeploy {
  version: string;
  atMs: number;
}

/**
 * The changes of one service's version that a timeline does not tell of yet, oldest first. A version that comes again
 * after no other one is no deploy: its pods were gone for a while.
 */
export function untoldDeploys<C extends VersionChange>(
  changes: readonly C[],
  told: readonly ToldDeploy[],
): C[] {
  const known: ToldDeploy[] = [...told];
  const untold: C[] = [];
  for (const change of changes.toSorted((a, b) => a.atMs - b.atMs)) {
    const { version, atMs } = change;
    const same = known.some((one) => one.version === version && Math.abs(one.atMs - atMs) <= SAME_WITHIN_MS);
    const before = known.filter((one) => one.atMs <= atMs).toSorted((a, b) => b.atMs - a.atMs)[0];
    if (same || before?.version === version) continue;
    known.push(change);
    untold.push(change);
  }
  return untold;
}
