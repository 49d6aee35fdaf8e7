import "server-only";
import { z } from "zod";
import { SloDefinition, Sli } from "#lib/contracts/slo-definition.ts";
import type { Measure } from "#lib/domain/slo/queries/measure.ts";

const { budgeting, groupBy, exclusions } = SloDefinition.shape;
const Measurable = Sli.refine((sli) => sli.kind !== "composite", "a journey has no measure");

/** A stored measure, read again. */
export const MeasureSpec = z
  .object({ sli: Measurable, budgeting, groupBy, excludedEvents: exclusions.shape.events })
  .transform((spec) => spec as Measure);
