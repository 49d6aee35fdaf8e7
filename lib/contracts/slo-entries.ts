import { z } from "zod";
import { ExclusionWindow } from "./slo-definition.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const id = z.string().min(1).max(64);
const reason = visibleText(500);
const span = { fromMs: z.int(), toMs: z.int() };
/** What people add to a ledger; what was measured is never changed. */
export const EntryFact = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("exclusion"), window: ExclusionWindow }),
  z.strictObject({
    kind: z.literal("correction"),
    ...span,
    /** Spread evenly over the slots of the span. */
    badDelta: z.number(),
    totalDelta: z.number(),
    reason,
  }),
  z.strictObject({ kind: z.literal("note"), fromMs: z.int(), reason }),
]);
export type EntryFact = z.infer<typeof EntryFact>;
export const CreateEntry = z.strictObject({ id, fact: EntryFact });
export const OneEntry = z.strictObject({ id, entry: id });
/** `proposed` waits for a second person; only what is `in_force` counts. */
export const LedgerEntry = z.object({
  id,
  fact: EntryFact,
  state: z.enum(["proposed", "in_force", "withdrawn"]),
  at: z.iso.datetime(),
  by: Person,
  approvedBy: Person.nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
