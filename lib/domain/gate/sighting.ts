/** A release of the version that was seen, as far as it says whether that version may run. */
export interface AskedFor {
  id: string;
  commit: string;
  state: string;
  leaseUntilMs: number | null;
}

/** What the gate had said of a version by the time it was seen to run. */
export interface Clearance<R extends AskedFor = AskedFor> {
  gate: "cleared" | "not_cleared" | "no_release";
  release: R | null;
  /** Why not, in words; empty where it was cleared. */
  because: string;
}

/** The gate let it out: it goes out, or did before and came back. */
const LET_OUT: readonly string[] = ["deploying", "deployed"];

/** Whether one of two hashes of a commit is the other, or its beginning. */
function isSameCommit(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a.startsWith(b) || b.startsWith(a);
}

function isCleared({ state, leaseUntilMs }: AskedFor, atMs: number): boolean {
  if (LET_OUT.includes(state)) return true;
  return state === "approved" && leaseUntilMs !== null && leaseUntilMs > atMs;
}

function whyNot({ state }: AskedFor): string {
  return state === "approved" ? "its approval had run out" : `its release was ${state.replace("_", " ")}`;
}

/**
 * Whether the gate had let a version out that was seen to run. Where the pods say which commits they were built from, a
 * release of another commit is none of this version.
 * @param releases those of that service and version, newest first
 * @param commits empty where nobody says
 */
export function clearanceOf<R extends AskedFor>(
  releases: readonly R[],
  commits: readonly string[],
  atMs: number,
): Clearance<R> {
  const own = releases.filter(
    ({ commit }) => commits.length === 0 || commits.some((one) => isSameCommit(one, commit)),
  );
  const cleared = own.find((one) => isCleared(one, atMs));
  if (cleared) return { gate: "cleared", release: cleared, because: "" };
  const [newest] = own;
  if (newest) return { gate: "not_cleared", release: newest, because: whyNot(newest) };
  const other = releases[0]?.commit;
  const because =
    other === undefined
      ? "nobody had asked for it"
      : `it was asked for as ${other}, what runs is ${commits[0]}`;
  return { gate: "no_release", release: null, because };
}

/** A deployment that is known, and what runs by now. */
export interface Seen {
  version: string;
  previous: string | null;
  state: string;
}

/** What became of the newest deployment of a service: it runs alone, or what ran before it is back. */
export function becomesOf(
  { version, previous, state }: Seen,
  running: ReadonlySet<string>,
): "finished" | "rolled_back" | null {
  if (state !== "running" && state !== "finished") return null;
  if (running.has(version)) return state === "running" && running.size === 1 ? "finished" : null;
  return previous !== null && running.has(previous) ? "rolled_back" : null;
}
