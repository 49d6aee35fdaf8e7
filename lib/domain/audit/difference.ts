/** One field of a record's details, in words; null where the side has none. */
export interface Change {
  /** Dotted, as in "thresholds.latencyP99Seconds"; empty for the whole. */
  path: string;
  before: string | null;
  after: string | null;
}

/** Deeper structures are shown as the JSON they are. */
const MAX_DEPTH = 4;

function inWords(value: unknown): string {
  if (typeof value === "string") return value === "" ? '""' : value;
  const plain = (part: unknown) => typeof part !== "object" || part === null;
  if (Array.isArray(value) && value.length > 0 && value.every(plain)) return value.map(inWords).join(", ");
  return JSON.stringify(value);
}

function leavesOf(value: unknown, path: string, depth: number, into: Map<string, string>): void {
  if (value === null && depth === 0) return;
  const branches = typeof value === "object" && value !== null && !Array.isArray(value);
  const members = branches && depth < MAX_DEPTH ? Object.entries(value) : [];
  if (members.length === 0) into.set(path, inWords(value));
  for (const [key, part] of members) leavesOf(part, path === "" ? key : `${path}.${key}`, depth + 1, into);
}

/** The fields of two states that differ, by path, and how many are the same. */
export function difference(before: unknown, after: unknown): { changes: Change[]; same: number } {
  const [old, now] = [new Map<string, string>(), new Map<string, string>()];
  leavesOf(before, "", 0, old);
  leavesOf(after, "", 0, now);
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  const all = paths.map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }));
  const changes = all.filter((change) => change.before !== change.after);
  return { changes, same: all.length - changes.length };
}
