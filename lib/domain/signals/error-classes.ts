import { ratioOf, readRequests } from "./request-readings.ts";
import type { Sample } from "./sample.ts";

interface Line {
  labels: Sample["labels"];
  values: readonly (number | null)[];
}

/** Ratios of all requests at every point: 5xx, 504 among them, 4xx, and business errors. */
export interface ErrorClasses {
  serverErrors: (number | null)[];
  timeouts: (number | null)[];
  clientErrors: (number | null)[];
  businessErrors: (number | null)[];
}

/**
 * Errors by class from rates by status and rates of business errors on the same grid. A class without
 * a series is 0 where there are requests, and a gap where there are none.
 */
export function classifyErrors(
  byStatus: readonly Line[],
  business: readonly Line[],
  statusLabel: string,
): ErrorClasses {
  const points = Math.max(0, ...byStatus.map(({ values }) => values.length));
  const classes: ErrorClasses = { serverErrors: [], timeouts: [], clientErrors: [], businessErrors: [] };
  for (let index = 0; index < points; index += 1) {
    const samples = byStatus.map(({ labels, values }) => ({ labels, value: values[index] ?? null }));
    const requests = readRequests(samples, statusLabel);
    const total = requests.totalPerSecond;
    const failing = business.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
    classes.serverErrors.push(ratioOf(requests.serverErrorsPerSecond, total));
    classes.timeouts.push(ratioOf(requests.timeoutsPerSecond, total));
    classes.clientErrors.push(ratioOf(requests.clientErrorsPerSecond, total));
    classes.businessErrors.push(ratioOf(failing, total));
  }
  return classes;
}
