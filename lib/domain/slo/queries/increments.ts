/** Labels that tell what was scraped: a series can only be new where its source was there before. */
const SCRAPED = "(job, instance)";

/** The edges of a window, each as PromQL: `offset` clauses with a leading space, or nothing for "now". */
export interface Edges {
  /** How far back from an edge its sample may lie. */
  reach: string;
  end: string;
  start: string;
}

/**
 * PromQL for what the counters of `series` counted within a window, per series and without extrapolation:
 * the difference of the values at the window's edges. Windows that follow each other therefore add up to
 * exactly what was counted, however far apart the samples are, and both sides of Prometheus 3 (whose ranges
 * leave out their left edge) give the same figure.
 *
 * - A scrape that failed inside the window changes nothing: the edges take the newest sample of a window's length.
 * - A counter that was reset counts up to its reset and from it: highest value − first edge + last edge.
 * - A series that is new counts from 0 if its target was scraped at the first edge (`siblings`, which has to
 *   contain every series the target always has); a target that is new itself brings a past that is not ours.
 *
 * @param series a vector selector
 * @param siblings a selector of what the same targets expose, new or not; usually the total's
 * @param window a PromQL duration such as "5m"
 * @param edges where the window lies and how old the sample at its edges may be; it ends now unless told
 */
export function increments(
  series: string,
  siblings: string,
  window: string,
  edges: Edges = { reach: window, end: "", start: ` offset ${window}` },
): string {
  const { reach, end, start } = edges;
  const last = `last_over_time(${series}[${reach}]${end})`;
  const first = `last_over_time(${series}[${reach}]${start})`;
  const reset = `(resets(${series}[${window}]${end}) > 0)`;
  const grown = `(((${last} - ${first}) >= 0) unless ${reset})`;
  const restarted = `(clamp_min(max_over_time(${series}[${window}]${end}) - ${first}, 0) + ${last})`;
  const known = `last_over_time(${siblings}[${reach}]${start})`;
  const born = `((${last} unless ${first}) and on ${SCRAPED} ${known})`;
  return `${grown} or ${restarted} or ${born}`;
}
