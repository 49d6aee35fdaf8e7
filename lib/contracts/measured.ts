import { z } from "zod";

/** Wraps a schema of measured data: `asOf` is the newest sample, null when there is none. */
export const measured = <T extends z.ZodType>(data: T) =>
  z.object({
    data,
    asOf: z.iso.datetime().nullable(),
    stale: z.boolean(),
    partial: z.boolean(),
    warnings: z.array(z.string()),
  });

/** Measured data with its provenance; every read of a source answers this shape. */
export interface Measured<T> {
  data: T;
  asOf: string | null;
  /** True when the source did not answer and older data stands in. */
  stale: boolean;
  /** True when some of the sources or queries behind the data are missing. */
  partial: boolean;
  warnings: string[];
}
