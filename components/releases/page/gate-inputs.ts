import { z } from "zod";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";

const SloShown = z.object({
  sloId: z.string(),
  key: z.string(),
  group: z.string(),
  status: z.enum(SLO_STATUSES),
  budgetRemainingRatio: z.number().nullable(),
  burnRate6h: z.number().nullable(),
});
export type SloShown = z.infer<typeof SloShown>;
const Inputs = z.object({ slos: z.array(SloShown).nullable() });

/** The SLOs that a decision stands on; null where they could not be read. */
export function slosOf({ inputs }: GateAnswer): SloShown[] | null {
  const parsed = Inputs.safeParse(inputs);
  return parsed.success ? parsed.data.slos : null;
}
