/** The moment that the pointer is over, and the chart that it is in; null while it is in none. */
export interface Crosshair {
  chart: string;
  atMs: number;
}

let current: Crosshair | null = null;
const listeners = new Set<() => void>();

/** Tells all charts of the page where the pointer is, whichever of the two renderers draws them. */
export function pointAt(crosshair: Crosshair | null): void {
  if (crosshair?.chart === current?.chart && crosshair?.atMs === current?.atMs) return;
  current = crosshair;
  for (const listener of listeners) listener();
}

/** Takes the crosshair away, if it is this chart's. */
export function pointAway(chart: string): void {
  if (current?.chart === chart) pointAt(null);
}

/** Calls back after each change; answers how to stop that. */
export function onPoint(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Where the pointer is in another chart than this one, in ms since 1970. */
export function pointedElsewhere(chart: string): number | null {
  return current === null || current.chart === chart ? null : current.atMs;
}
