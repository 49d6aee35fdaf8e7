import { z } from "zod";
import { MATCH_OPERATORS } from "#lib/domain/access/matchers.ts";
import { visibleText } from "./text.ts";

const moment = z.iso.datetime();
const MAX_SILENCE_DAYS = 90;
const DAY_MS = 86_400_000;

export const SilenceMatcher = z.strictObject({
  label: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/, "must be a label name"),
  operator: z.enum(MATCH_OPERATORS),
  value: z.string().max(1_000),
});
export type SilenceMatcher = z.infer<typeof SilenceMatcher>;
const matchers = z.array(SilenceMatcher).min(1, "say what is to be silenced").max(20);

export const Silence = z.object({
  id: z.string(),
  /** The Alertmanager that keeps it. */
  source: z.string(),
  matchers: z.array(SilenceMatcher),
  state: z.enum(["active", "pending", "expired"]),
  startsAt: moment,
  endsAt: moment,
  /** It is active and ends within the hour. */
  endsSoon: z.boolean(),
  author: z.string(),
  reason: z.string(),
  /** How many alerts it keeps quiet now. */
  silenced: z.int(),
});
export type Silence = z.infer<typeof Silence>;

const times = {
  /** Left out: now. */
  startsAt: moment.optional(),
  endsAt: moment,
};
function inOrder({ startsAt, endsAt }: { startsAt?: string | undefined; endsAt: string }): boolean {
  return startsAt === undefined || Date.parse(startsAt) < Date.parse(endsAt);
}
function notTooLong({ startsAt, endsAt }: { startsAt?: string | undefined; endsAt: string }): boolean {
  const fromMs = startsAt === undefined ? Date.now() : Date.parse(startsAt);
  return Date.parse(endsAt) - fromMs <= MAX_SILENCE_DAYS * DAY_MS;
}

export const ListSilences = z.strictObject({ expired: z.enum(["true", "false"]).optional() });
const source = z.string().min(1).max(253).optional();
export const CreateSilence = z
  .strictObject({ source, matchers, ...times, reason: visibleText(500) })
  .refine(inOrder, { path: ["endsAt"], message: "must lie after the start" })
  .refine(notTooLong, {
    path: ["endsAt"],
    message: `a silence lasts ${MAX_SILENCE_DAYS} days at most: fix the rule instead`,
  });
export type CreateSilence = z.infer<typeof CreateSilence>;

export const OneSilence = z.strictObject({ id: z.string().min(1).max(64), source });
/** Another end for a silence that lasts; its matchers and its reason stay unless another reason is given. */
export const ExtendSilence = z
  .strictObject({ ...OneSilence.shape, endsAt: moment, reason: visibleText(500).optional() })
  .refine(notTooLong, {
    path: ["endsAt"],
    message: `a silence lasts ${MAX_SILENCE_DAYS} days at most: fix the rule instead`,
  });
export type ExtendSilence = z.infer<typeof ExtendSilence>;

export const PreviewSilence = z.strictObject({ source, matchers });
/** The alerts that a silence would keep quiet if it began now. */
export const SilencePreview = z.object({
  /** With those that are added for whoever is confined. */
  matchers: z.array(SilenceMatcher),
  count: z.int(),
  alerts: z.array(z.object({ fingerprint: z.string(), name: z.string(), summary: z.string() })),
});
export type SilencePreview = z.infer<typeof SilencePreview>;
