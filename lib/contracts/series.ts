import { z } from "zod";
import { UNITS } from "#lib/domain/series/units.ts";

export const Unit = z.enum(UNITS);
export type Unit = z.infer<typeof Unit>;

/** One line of a chart; `values[i]` belongs to `start + i * step`, null is a gap. */
export const Series = z.object({
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  values: z.array(z.number().nullable()),
});
export type Series = z.infer<typeof Series>;

/** A set of series on one grid, columnar; `startSeconds` and `stepSeconds` are Unix seconds and seconds. */
export const SeriesData = z.object({
  startSeconds: z.number(),
  stepSeconds: z.number().positive(),
  unit: Unit,
  series: z.array(Series),
  thresholds: z.array(
    z.object({ label: z.string(), value: z.number(), level: z.enum(["WARNING", "CRITICAL"]) }),
  ),
});
export type SeriesData = z.infer<typeof SeriesData>;

/** What is newer in a chart than in one told before; see `tailOf` in lib/domain/series. */
export const SeriesTail = z.object({
  startSeconds: z.number(),
  keep: z.int().min(0),
  values: z.array(z.array(z.number().nullable())),
});
export type SeriesTail = z.infer<typeof SeriesTail>;
