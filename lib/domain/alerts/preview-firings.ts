/** From the first evaluation at which it fires to the first at which it does so no longer, in seconds since 1970. */
export interface Firing {
  fromSeconds: number;
  toSeconds: number;
}

/**
 * When an alert would have fired, by Prometheus' rules: a sample of the expression at an evaluation makes it pending;
 * it fires once it has been pending for `forSeconds`, until the first evaluation without a sample. What fires at the end
 * of the stretch is counted up to there. Steps longer than the rule's own interval see less than Prometheus did.
 * @param present whether the expression had a sample, at each step
 */
export function previewFirings(
  present: readonly boolean[],
  {
    startSeconds,
    stepSeconds,
    forSeconds,
  }: { startSeconds: number; stepSeconds: number; forSeconds: number },
): Firing[] {
  const firings: Firing[] = [];
  let since: number | null = null;
  const close = (at: number) => {
    if (since === null) return;
    const firstPossible = since + forSeconds;
    // It becomes firing at an evaluation, not between two of them.
    const fromSeconds = startSeconds + Math.ceil((firstPossible - startSeconds) / stepSeconds) * stepSeconds;
    if (fromSeconds < at) firings.push({ fromSeconds, toSeconds: at });
    since = null;
  };
  present.forEach((there, index) => {
    const at = startSeconds + index * stepSeconds;
    if (there) since ??= at;
    else close(at);
  });
  close(startSeconds + present.length * stepSeconds);
  return firings;
}

/** Firings of several series as one: the stretches in which at least one of them fires. */
export function unionOfFirings(all: readonly Firing[]): Firing[] {
  const union: Firing[] = [];
  for (const one of [...all].sort((a, b) => a.fromSeconds - b.fromSeconds)) {
    const last = union.at(-1);
    if (last && one.fromSeconds <= last.toSeconds) last.toSeconds = Math.max(last.toSeconds, one.toSeconds);
    else union.push({ ...one });
  }
  return union;
}

/** Seconds of some stretches that do not overlap. */
export function secondsOf(firings: readonly Firing[]): number {
  return firings.reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);
}
