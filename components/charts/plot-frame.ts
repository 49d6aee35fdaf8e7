import type { SeriesData } from "#lib/contracts/series.ts";
import { spanOf, visibleThresholds } from "./plot-data.ts";
import { timeTicks, valueTicks } from "./ticks.ts";

/** Room around the lines for axes and the names of marks, in px; the same for both renderers. */
export const PLOT_ROOM = { top: 14, right: 8, bottom: 22, left: 68 };

/** Called with a span that was dragged over, as ISO 8601. */
export type Zoom = (range: { from: string; to: string }) => void;
const LEAST_ZOOM_MS = 60_000;

/** What is drawn around the lines. */
export interface PlotFrame {
  fromMs: number;
  toMs: number;
  xTicks: number[];
  /** The first and the last one are the ends of the axis. */
  yTicks: number[];
  thresholds: SeriesData["thresholds"];
}

/** The axes that hold all values of the drawn lines and the thresholds near them. */
export function plotFrame(
  data: SeriesData,
  drawn: readonly { values: readonly (number | null)[] }[],
  { timeZone, heightPx }: { timeZone: string; heightPx: number },
): PlotFrame {
  const { fromMs, toMs } = spanOf(data);
  let [least, greatest] = [Infinity, -Infinity];
  for (const { values } of drawn) {
    for (const value of values) {
      if (value === null) continue;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  const thresholds = visibleThresholds(data.thresholds, greatest);
  for (const { value } of thresholds) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const known = least <= greatest;
  const yTicks = valueTicks(known ? least : 0, known ? greatest : 0, data.unit, heightPx < 160 ? 3 : 4);
  return { fromMs, toMs, xTicks: timeTicks(fromMs, toMs, timeZone, 7), yTicks, thresholds };
}

/** The ticks whose labels have room, beginning with the first: every one, every second, every third… */
export function ticksWithRoom(ticks: readonly number[], pxBetween: number, labelPx: number): number[] {
  const every = Math.max(1, Math.ceil(labelPx / Math.max(pxBetween, 1)));
  return ticks.filter((_, nth) => nth % every === 0);
}

/** Hands a dragged span on; one of less than a minute was a slip of the hand. */
export function zoomTo(onZoom: Zoom | undefined, fromMs: number, toMs: number): void {
  if (toMs - fromMs < LEAST_ZOOM_MS) return;
  onZoom?.({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
}
