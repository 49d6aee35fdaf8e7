/** One firing of an alert: the same labels that fire again later are another one. */
export interface OccurrenceKey {
  /** The Alertmanager that told of it, or "burnline" for what Burnline sees itself. */
  source: string;
  fingerprint: string;
  startsAtMs: number;
}

/** The end of an occurrence: told, or inferred to lie between the last sighting and the first absence. */
export interface OccurrenceEnd {
  atMs: number;
  /** Null where the end was told. */
  notBeforeMs: number | null;
}

/** What is known of an occurrence. */
export interface Occurrence extends OccurrenceKey {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  generatorUrl: string | null;
  /** Null while it fires. */
  end: OccurrenceEnd | null;
  /** When it was last told or seen to fire. */
  lastSeenMs: number;
}

/** One text per occurrence. */
export function occurrenceId({ source, fingerprint, startsAtMs }: OccurrenceKey): string {
  return `${source}/${fingerprint}/${startsAtMs}`;
}

/** Told beats inferred; of two told ends the later one counts, of two inferred ones the earlier. */
function joinEnds(a: OccurrenceEnd | null, b: OccurrenceEnd | null): OccurrenceEnd | null {
  if (!a || !b) return a ?? b;
  const told = [a, b].filter(({ notBeforeMs }) => notBeforeMs === null);
  if (told.length > 0) return { atMs: Math.max(...told.map(({ atMs }) => atMs)), notBeforeMs: null };
  const earlier = (x: number | null, y: number | null) => Math.min(x ?? Infinity, y ?? Infinity);
  return { atMs: Math.min(a.atMs, b.atMs), notBeforeMs: earlier(a.notBeforeMs, b.notBeforeMs) };
}

/**
 * Joins two tellings of one occurrence: resolved beats firing, whichever came first, so that deliveries in any order
 * and any number end the same. An end that was only inferred does not stand against a later sighting. Annotations are
 * those of the newer sighting.
 */
export function joinOccurrences(a: Occurrence, b: Occurrence): Occurrence {
  const newer = b.lastSeenMs >= a.lastSeenMs ? b : a;
  const lastSeenMs = Math.max(a.lastSeenMs, b.lastSeenMs);
  const end = joinEnds(a.end, b.end);
  const refuted = end !== null && end.notBeforeMs !== null && lastSeenMs > end.atMs;
  return { ...newer, end: refuted ? null : end, lastSeenMs };
}

/**
 * The occurrences of one alert, the last of them as told, each earlier one ended: labels that fire anew have stopped
 * firing before, between their last sighting and the new start.
 */
export function endSuperseded(occurrences: readonly Occurrence[]): Occurrence[] {
  const inOrder = [...occurrences].sort((a, b) => a.startsAtMs - b.startsAtMs);
  return inOrder.map((one, i) => {
    const next = inOrder[i + 1];
    if (!next || one.end) return one;
    const notBeforeMs = Math.min(Math.max(one.startsAtMs, one.lastSeenMs), next.startsAtMs);
    return { ...one, end: { atMs: next.startsAtMs, notBeforeMs } };
  });
}
