import { z } from "zod";
import { CatalogueName } from "./catalogue.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);

/** Agreed to: more of a service's error budget may be spent, for a reason and until an instant. */
export const Spending = z.object({
  id,
  service: z.string(),
  /** How much more of the budget: 0.25 is a quarter of it. */
  amountRatio: z.number(),
  reason: z.string(),
  approvedBy: Person,
  at: moment,
  expiresAt: moment,
  withdrawnAt: moment.nullable(),
  withdrawnBy: Person.nullable(),
  /** Whether the gate counts it now. */
  active: z.boolean(),
});
export type Spending = z.infer<typeof Spending>;

export const ListSpending = z.strictObject({ service: CatalogueName.optional() });
export type ListSpending = z.infer<typeof ListSpending>;

export const AgreeSpending = z.strictObject({
  service: CatalogueName,
  amountRatio: z.number().gt(0).max(1),
  reason: visibleText(500),
  expiresAt: moment,
});
export type AgreeSpending = z.infer<typeof AgreeSpending>;
export const OneSpending = z.strictObject({ id });
