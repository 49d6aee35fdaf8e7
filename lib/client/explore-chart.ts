import type { SeriesData, Unit } from "#lib/contracts/series.ts";
import { seriesNamer } from "#lib/domain/series/series-namer.ts";
import type { AnsweredSpan } from "./explore.queries.ts";
import type { AnsweredSeries } from "./explore-answer.ts";

/** More lines than this nobody tells apart. */
const MAX_LINES = 30;

/** The lines of a range answer on its grid: those with the highest newest values where there are very many. */
export function chartOf(
  series: readonly AnsweredSeries[],
  { fromMs, toMs, stepSeconds }: AnsweredSpan,
  unit: Unit,
): SeriesData {
  const startSeconds = fromMs / 1000;
  const points = Math.floor((toMs - fromMs) / 1000 / stepSeconds) + 1;
  const nameOf = seriesNamer(series);
  const shown =
    series.length <= MAX_LINES
      ? series
      : series.toSorted((a, b) => newestOf(b) - newestOf(a)).slice(0, MAX_LINES);
  const lines = shown.map(({ labels, samples }) => {
    const values = Array.from<number | null>({ length: points }).fill(null);
    for (const [atSeconds, text] of samples) {
      const index = Math.round((atSeconds - startSeconds) / stepSeconds);
      if (index >= 0 && index < points) values[index] = finite(text);
    }
    return { name: nameOf(labels), labels, values };
  });
  lines.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  return { startSeconds, stepSeconds, unit, series: lines, thresholds: [] };
}

/** NaN and the infinities are gaps. */
function finite(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function newestOf({ samples }: AnsweredSeries): number {
  return finite(samples.at(-1)?.[1] ?? "") ?? -Infinity;
}
