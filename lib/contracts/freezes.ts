import { z } from "zod";
import { isZone } from "#lib/domain/slo/time/zone.ts";
import { CatalogueName } from "./catalogue.ts";
import { Tier } from "./cluster.ts";
import { Person } from "./slos.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const id = z.string().min(1).max(64);
const zone = z.string().max(64).refine(isZone, "is no time zone, such as Europe/Berlin");
const MAX_MINUTES = 31 * 1_440;

/** 2026-02-30 reads well and is no day. */
function isOnCalendar(text: string): boolean {
  const at = Date.parse(`${text}:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** When nothing goes out: once, or again and again by a rule of RFC 5545 on the wall clock of a zone. */
export const FreezeTime = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("once"), from: moment, to: moment })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
      path: ["to"],
      message: "must lie after the beginning",
    }),
  z.strictObject({
    kind: z.literal("recurring"),
    /** "FREQ=WEEKLY;BYDAY=FR". */
    rule: z.string().trim().min(1).max(500),
    /** The first beginning on the wall clock: "2026-11-20T15:00". */
    startsAt: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "must read YYYY-MM-DDTHH:MM")
      .refine((text) => isOnCalendar(text), "is no date and time of the calendar"),
    durationMinutes: z.int().min(1).max(MAX_MINUTES),
    zone,
  }),
]);
export type FreezeTime = z.infer<typeof FreezeTime>;

/** Whom a freeze concerns; with neither services nor tiers it is everybody. */
export const FreezeDocument = z.strictObject({
  services: z.array(CatalogueName).max(200),
  tiers: z.array(Tier).max(4),
  when: FreezeTime,
});
export type FreezeDocument = z.infer<typeof FreezeDocument>;

export const Freeze = FreezeDocument.extend({
  id,
  name: z.string(),
  reason: z.string(),
  createdBy: Person,
  createdAt: moment,
  cancelledAt: moment.nullable(),
  /** The spans that lie within the time that was asked for. */
  spans: z.array(z.object({ from: moment, to: moment })),
  active: z.boolean(),
});
export type Freeze = z.infer<typeof Freeze>;

export const FreezePage = z.object({
  data: z.object({ freezes: z.array(Freeze), from: moment, to: moment }),
});
export type FreezePage = z.infer<typeof FreezePage>;

export const CreateFreeze = z.strictObject({
  name: visibleText(100),
  reason: visibleText(500),
  ...FreezeDocument.shape,
});
export type CreateFreeze = z.infer<typeof CreateFreeze>;
export const ListFreezes = z.strictObject({
  service: CatalogueName.optional(),
  from: moment.optional(),
  to: moment.optional(),
});
export type ListFreezes = z.infer<typeof ListFreezes>;
export const OneFreeze = z.strictObject({ id });
