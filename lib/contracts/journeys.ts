import { z } from "zod";
import { BUSINESS_IMPACTS } from "#lib/domain/slo/definition/sli.ts";
import { SloEntry } from "./slos.ts";

const figure = z.number().nullable();

/** A step of a journey with the SLO that measures it; null where that SLO is gone. */
export const JourneyStep = z.object({
  name: z.string(),
  /** The SLO's key. */
  key: z.string(),
  weight: figure,
  onCriticalPath: z.boolean(),
  slo: SloEntry.nullable(),
});
export type JourneyStep = z.infer<typeof JourneyStep>;

/** How long users waited, as their browsers told it; null where none does. */
export const ClientLatency = z.object({ p50Seconds: figure, p95Seconds: figure });

/** A user journey: the composite of its steps. */
export const Journey = z.object({
  slo: SloEntry,
  combine: z.enum(["serial", "weighted"]),
  businessImpact: z.enum(BUSINESS_IMPACTS),
  steps: z.array(JourneyStep),
  clientLatency: ClientLatency.nullable(),
});
export type Journey = z.infer<typeof Journey>;
