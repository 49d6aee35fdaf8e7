import { z } from "zod";
import { SloDefinition } from "#lib/contracts/slo-definition.ts";

/** What is current, where a refusal says that somebody else was faster. */
export const CurrentSlo = z.object({ version: z.int(), revision: z.int(), definition: SloDefinition });
