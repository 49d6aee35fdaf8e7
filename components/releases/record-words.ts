import { z } from "zod";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";

const words = z.string().nullish().catch(undefined);
const Body = z.object({
  verdict: z
    .object({ rationale: z.array(z.string()) })
    .optional()
    .catch(undefined),
  reason: words,
  because: words,
  note: words,
});

/** Why, in a record's own words; empty where it says nothing. */
export function becauseOf({ body }: DecisionRecord): string {
  const { verdict, reason, because, note } = Body.parse(body);
  return verdict?.rationale[0] ?? reason ?? because ?? note ?? "";
}
