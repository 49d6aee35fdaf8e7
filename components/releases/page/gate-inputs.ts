import { z } from "zod";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { groupInWords, labelsOfGroup } from "#lib/domain/slo/definition/groups.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";

const SloShown = z.object({
  sloId: z.string(),
  key: z.string(),
  objective: z.int(),
  group: z.string(),
  status: z.enum(SLO_STATUSES),
  budgetRemainingRatio: z.number().nullable(),
  burnRate6h: z.number().nullable(),
});
export type SloShown = z.infer<typeof SloShown>;
const Inputs = z.object({ slos: z.array(SloShown).nullable() });

/** Which part of an SLO it is: "node ai1, objective 2"; empty where it is all of it. */
export function partInWords({ group, objective }: Pick<SloShown, "group" | "objective">): string {
  const labels = groupInWords(labelsOfGroup(group));
  return [labels, objective === 0 ? "" : `objective ${objective + 1}`]
    .filter((part) => part !== "")
    .join(", ");
}

/** The SLOs that a decision stands on; null where they could not be read. */
export function slosOf({ inputs }: GateAnswer): SloShown[] | null {
  const parsed = Inputs.safeParse(inputs);
  return parsed.success ? parsed.data.slos : null;
}
