/** A fact of a timeline, as far as folding reads it. */
export interface TimelineFact<Body> {
  seq: bigint;
  at: Date;
  replaces: bigint | null;
  /** What it says; null where it only pins or unpins another. */
  says: Body | null;
  pins: { of: bigint; pinned: boolean } | null;
}

/** An entry as it reads now: the newest edit, what it said before, and where it stands. */
export interface FoldedEntry<Fact> {
  first: Fact;
  current: Fact;
  /** Every version, oldest first. */
  versions: Fact[];
  pinned: boolean;
}

/**
 * Folds facts, in the order they were written, into entries: edits are versions of the entry they replace, pins mark
 * one. Entries stand in the order of what happened, those of one instant in the order they were written.
 */
export function foldTimeline<Body, Fact extends TimelineFact<Body>>(
  facts: readonly Fact[],
): FoldedEntry<Fact>[] {
  const entries = new Map<bigint, FoldedEntry<Fact>>();
  for (const fact of facts) {
    if (fact.pins) {
      const pinned = entries.get(fact.pins.of);
      if (pinned) pinned.pinned = fact.pins.pinned;
      continue;
    }
    const edited = fact.replaces === null ? undefined : entries.get(fact.replaces);
    if (edited) {
      edited.current = fact;
      edited.versions.push(fact);
    } else entries.set(fact.seq, { first: fact, current: fact, versions: [fact], pinned: false });
  }
  return [...entries.values()].sort(
    (a, b) => a.current.at.getTime() - b.current.at.getTime() || (a.first.seq < b.first.seq ? -1 : 1),
  );
}
