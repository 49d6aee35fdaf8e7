import { z } from "zod";

export const MAX_RANGE_SECONDS = 92 * 86_400;

/** A span that moves with the server's clock. */
const RelativeRange = z.strictObject({ lastSeconds: z.int().min(60).max(MAX_RANGE_SECONDS) });

/** A fixed span; `to` must lie after `from`. */
const AbsoluteRange = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .refine((range) => Date.parse(range.to) > Date.parse(range.from), {
    path: ["to"],
    message: "must be later than from",
  })
  .refine((range) => Date.parse(range.to) - Date.parse(range.from) <= MAX_RANGE_SECONDS * 1000, {
    path: ["from"],
    message: "the range may span 92 days at most",
  });

/** The time range of a page: relative (`{ lastSeconds }`) or absolute (`{ from, to }`, ISO 8601). */
export const TimeRange = z.union([RelativeRange, AbsoluteRange]);
export type TimeRange = z.infer<typeof TimeRange>;
