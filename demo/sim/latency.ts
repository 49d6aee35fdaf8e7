// Durations follow a log-logistic distribution: a long tail like real latencies, with closed forms for all we need.

/** Shape of the tail: the 99th percentile is 99^(1/3.5), about 3.7 times the median. */
const SHAPE = 3.5;
const MEAN_OF_MEDIAN = Math.PI / SHAPE / Math.sin(Math.PI / SHAPE);

/** Upper bounds of the duration histogram; +Inf follows. */
export const BUCKET_SECONDS = [0.05, 0.1, 0.25, 0.5, 0.8, 1, 2, 5, 10] as const;

/** Share of requests that take at most `seconds`. */
export function shareWithin(seconds: number, medianSeconds: number): number {
  return 1 / (1 + (medianSeconds / seconds) ** SHAPE);
}

export function quantileSeconds(quantile: number, medianSeconds: number): number {
  return medianSeconds * (quantile / (1 - quantile)) ** (1 / SHAPE);
}

export function meanSeconds(medianSeconds: number): number {
  return medianSeconds * MEAN_OF_MEDIAN;
}
