import type { SeriesData } from "#lib/contracts/series.ts";
import type { LogLevel } from "#lib/domain/logs/levels.ts";

/** Lines of a level over the whole range. */
export function linesOf({ series }: SeriesData, level: LogLevel): number {
  const values = series.find(({ name }) => name === level)?.values ?? [];
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** Lines of all levels over the whole range. */
export function totalLines({ series }: SeriesData): number {
  return series.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
