import { z } from "zod";
import { MAX_RANGE_SECONDS, spanProblem } from "#lib/domain/series/range.ts";

/** A span that moves with the server's clock. */
const RelativeRange = z.strictObject({ lastSeconds: z.int().min(60).max(MAX_RANGE_SECONDS) });

/** A fixed span; `to` must lie after `from`. */
const AbsoluteRange = z
  .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
  .superRefine(({ from, to }, context) => {
    const problem = spanProblem(Date.parse(from), Date.parse(to));
    if (problem) context.addIssue({ code: "custom", path: [problem.of], message: problem.why });
  });

/** The time range of a page: relative (`{ lastSeconds }`) or absolute (`{ from, to }`, ISO 8601). */
export const TimeRange = z.union([RelativeRange, AbsoluteRange]);
export type TimeRange = z.infer<typeof TimeRange>;
