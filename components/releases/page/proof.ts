import { z } from "zod";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";

const SloProof = z.object({
  key: z.string(),
  group: z.string(),
  version: z.int(),
  queries: z.array(z.object({ name: z.string(), expr: z.string() })),
  sums: z.array(
    z.object({
      lookBack: z.string(),
      bad: z.number().nullable(),
      total: z.number().nullable(),
      coveredSlots: z.int(),
      excludedSlots: z.int(),
    }),
  ),
  rows: z.array(z.object({ day: z.int(), revision: z.int(), hash: z.string() })),
  slots: z.object({
    firstSlot: z.int(),
    bad: z.array(z.number().nullable()),
    total: z.array(z.number().nullable()),
  }),
});
/** What an SLO gave to a decision: exact queries, sums per look-back, ledger rows and slots. */
export type SloProof = z.infer<typeof SloProof>;

const Body = z.object({ proof: z.array(SloProof) });

/** The proof in an evaluation's record; empty where it has none. */
export function proofOf({ body }: DecisionRecord): SloProof[] {
  const parsed = Body.safeParse(body);
  return parsed.success ? parsed.data.proof : [];
}
