import { z } from "zod";
import type { BudgetBrief as Brief } from "#lib/domain/slo/status/budget-brief.ts";
import { SloStatus, TierKey } from "./slo-budgets.ts";

const figure = z.number().nullable();

/** The wire shape of a budget in a row; `lib/domain/slo/status/budget-brief.ts` says what each field means. */
export const BudgetBrief = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  status: SloStatus.nullable(),
  target: z.number(),
  window: z.string(),
  budgetRemainingRatio: figure,
  sustainedBurnRate: figure,
  timeToExhaustionSeconds: figure,
  lasts: z.boolean(),
  firing: z.array(TierKey),
  evaluatedAt: z.iso.datetime().nullable(),
}) satisfies z.ZodType<Brief>;
export type BudgetBrief = z.infer<typeof BudgetBrief>;
