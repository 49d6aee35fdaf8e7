import "server-only";

/** What the first record of a chain names as its predecessor. */
export const CHAIN_START = "0".repeat(64);

/** A record that names the one before it and is named by its own hash. */
export interface Chained {
  seq: number;
  previousHash: string;
  hash: string;
}

/** Where a walk along a chain stands. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

/** What is wrong with `record` as the one that follows `end`; null when nothing is. */
export function breakAfter<T extends Chained>(
  end: ChainEnd,
  record: T,
  hashOf: (record: T) => string,
): { seq: number; why: string } | null {
  const expected = end.seq + 1;
  if (record.seq !== expected) {
    const last = record.seq - 1;
    return {
      seq: expected,
      why: last === expected ? "the record is missing" : `records ${expected} to ${last} are missing`,
    };
  }
  if (record.previousHash !== end.hash) {
    return { seq: record.seq, why: "it does not follow from the record before it" };
  }
  if (record.hash !== hashOf(record)) {
    return { seq: record.seq, why: "its content does not match its hash" };
  }
  return null;
}
